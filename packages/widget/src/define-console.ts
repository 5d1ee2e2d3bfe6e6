import { PlimsollConsole } from "./console/console.ts";

/**
 * Registers `<plimsoll-console>`, once: a second call, also of another version on the same page, leaves the first
 * in place. On a server, where there are no elements, it does nothing.
 */
export function defineConsole(name = "plimsoll-console"): void {
  if (!("customElements" in globalThis) || customElements.get(name)) return;
  customElements.define(name, PlimsollConsole);
}

defineConsole();
