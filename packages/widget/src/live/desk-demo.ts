import { list, shape } from "./decode.ts";
import { fixtureNamed, seenAs, seenFields, type Seen } from "./demo.ts";
import { staffHold, type StaffHold } from "./staff.ts";

/** A desk to be shown without a backend. */
export interface DeskDemo extends Seen {
  readonly holds: readonly StaffHold[];
}

const fixture = shape({ ...seenFields, holds: list(staffHold) });

export async function deskDemo(name: string): Promise<DeskDemo | undefined> {
  const found = await fixtureNamed(name);
  if (found === undefined) return undefined;
  const { holds, ...seen } = fixture(found);
  return { holds, ...seenAs(seen) };
}
