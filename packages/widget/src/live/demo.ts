import { field, hold, instant, maybe, shape, text, word, type Hold } from "./decode.ts";
import type { Connection } from "./source.ts";
import { settings } from "./settings.ts";

/** When and how fresh a fixture is seen. */
export interface Seen {
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly connection: Connection;
}

/** A state to be shown without a backend. */
export interface Demo extends Seen {
  readonly hold: Hold | null;
}

/** What every fixture says beside what it shows. */
export const seenFields = {
  now: instant,
  connection: maybe(
    shape({ state: word(["connecting", "live", "polling", "stale", "closed", "failed"]), reference: text }),
  ),
};

const fixture = shape({ ...seenFields, hold: maybe(hold) });

export async function demo(name: string): Promise<Demo | undefined> {
  const found = await fixtureNamed(name);
  if (found === undefined) return undefined;
  const { hold: view, ...seen } = fixture(found);
  return { hold: view, ...seenAs(seen) };
}

/** Loads a fixture by name, from the file beside the script and only if it is the one that was built with it. */
export async function fixtureNamed(name: string): Promise<unknown> {
  const { demo: file } = settings;
  if (!file) return undefined;
  const response = await fetch(file.url, { integrity: file.integrity, credentials: "omit" });
  const all: unknown = await response.json();
  return field(all, name);
}

export function seenAs({
  now,
  connection,
}: { [K in keyof typeof seenFields]: ReturnType<(typeof seenFields)[K]> }): Seen {
  const confirmed = Date.parse(now);
  const state = connection && connection.state !== "other" ? connection.state : "live";
  const failure =
    state === "failed"
      ? { code: "not_found", message: "", reference: connection?.reference ?? "", status: 404, passing: false }
      : undefined;
  return { now: confirmed, connection: { state, confirmed, failure } };
}
