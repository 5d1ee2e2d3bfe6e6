import { PlimsollHold } from "./hold/hold.ts";

/**
 * Registers `<plimsoll-hold>`, once: a second call, also of another version on the same page, leaves the first
 * in place and says so. On a server, where there are no elements, it does nothing.
 */
export function define(name = "plimsoll-hold"): void {
  if (!("customElements" in globalThis) || customElements.get(name)) return;
  customElements.define(name, PlimsollHold);
}

define();
