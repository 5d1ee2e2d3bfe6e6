import { existsSync } from "node:fs";
import { ask, type Action } from "../admin/index.ts";
import { ConfigRefused, type Config } from "../config.ts";
import { createLog } from "../telemetry/index.ts";
import { compose } from "./compose.ts";

/** What an action tells: asked of the process that has the database open, or where none runs, of this one. */
export async function* asked<Asked, Told>(
  config: Config,
  action: Action<Asked, Told>,
  wish: Asked,
): AsyncGenerator<Told> {
  const { database } = config;
  // Of a PostgreSQL this is one process more; a file is one process's alone.
  if (typeof database !== "string") return yield* here(config, action, wish);
  const answer = await ask(database, action, wish).catch(refused);
  if (answer) return yield* sentences(answer);
  if (!existsSync(database))
    throw new ConfigRefused(
      `no BFF runs on ${database}, and there is no such database: start it with plimsoll serve first`,
    );
  yield* here(config, action, wish);
}

async function* here<Asked, Told>(
  config: Config,
  { name, tells }: Action<Asked, Told>,
  wish: Asked,
): AsyncGenerator<Told> {
  const { bff, close } = await compose(config, createLog({ level: "warn", to: process.stderr }));
  try {
    for await (const told of sentences(bff.actions.get(name)?.(wish) ?? [])) yield tells.parse(told);
  } finally {
    await close();
  }
}

/** What goes wrong there is said in a sentence here. */
async function* sentences<Told>(told: AsyncIterable<Told> | Iterable<Told>): AsyncGenerator<Told> {
  try {
    yield* told;
  } catch (error) {
    refused(error);
  }
}

function refused(error: unknown): never {
  throw error instanceof Error ? new ConfigRefused(error.message, { cause: error }) : error;
}
