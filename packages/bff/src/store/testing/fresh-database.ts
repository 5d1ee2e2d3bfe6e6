import { inject } from "vitest";

/** The URL of a database that nobody has used, on the one PostgreSQL of this run of Vitest. */
export async function freshDatabase(): Promise<string> {
  const answer = await fetch(inject("postgresDoor"));
  const said = await answer.text();
  if (!answer.ok) throw new Error(said);
  return said;
}
