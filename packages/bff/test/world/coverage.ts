import { evolve, lifecycle, type Event, type Hold, type Instant } from "../../src/hold/index.ts";
import { TAKEN, type Name, type State } from "./paths.ts";

/** Which events were seen in which state of a hold, how often. */
export class Coverage {
  readonly pairs = new Map<string, number>();

  notes(before: Hold | undefined, events: readonly Event[], at: Instant): void {
    let hold = before;
    for (const event of events) {
      const pair = pairOf(stateOf(hold), nameOf(event));
      this.pairs.set(pair, (this.pairs.get(pair) ?? 0) + 1);
      hold = evolve(hold, event, at);
    }
  }
}

/** The pairs that have to be seen, and those of them that were not. */
export function lostPaths(seen: ReadonlySet<string>): { readonly expected: number; readonly lost: readonly string[] } {
  const expected = Object.entries(TAKEN).flatMap(([name, states]) => states.map((state) => `${state} ${name}`));
  return { expected: expected.length, lost: expected.filter((pair) => !seen.has(pair)) };
}

function pairOf(state: State, name: Name): string {
  return `${state} ${name}`;
}

function stateOf(hold: Hold | undefined): State {
  return hold && hold.entries.length > 0 ? lifecycle(hold) : "new";
}

function nameOf(event: Event): Name {
  return event.type === "ended" ? event.state : event.type;
}
