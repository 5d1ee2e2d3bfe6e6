import { whereHoldsAre } from "../config.ts";
import { openStore } from "../store/index.ts";
import { configOf, options, text } from "./options.ts";

/** Brings the schema up to this version and ends: for a role that may change it, where the one that serves may not. */
export async function migrate(args: readonly string[]): Promise<void> {
  const config = configOf(options(args, { config: text }));
  const store = await openStore(whereHoldsAre(config, process.env));
  await store.close();
  console.log("The database's schema is that of this version.");
}
