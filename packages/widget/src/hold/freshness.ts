import { html, nothing, type TemplateResult } from "lit";
import type { Connection } from "../live/source.ts";
import type { HoldName } from "../words/en.ts";
import type { Sight } from "./sight.ts";

/** How fresh what is shown is: a dot and a word. `final` where nothing will change any more. */
export function freshness(
  { say, times, connection, asOf, now }: Pick<Sight, "say" | "times" | "connection" | "asOf" | "now">,
  final: boolean,
): TemplateResult {
  const time = times.clock(connection.confirmed ?? now);
  const [tone, word] = asOf ? (["warn", "asOf"] as const) : final ? (["", "final"] as const) : FRESH[connection.state];
  return html`<div class="fresh">
    ${tone ? html`<span class="dot ${tone}"></span>` : nothing}${say(word, { time })}
  </div>`;
}

const FRESH = {
  live: ["good", "upToDate"],
  polling: ["good", "checked"],
  connecting: ["warn", "updating"],
  closed: ["warn", "updating"],
  stale: ["warn", "lastConfirmed"],
  failed: ["warn", "lastConfirmed"],
} as const satisfies Record<Connection["state"], readonly ["good" | "warn", HoldName]>;
