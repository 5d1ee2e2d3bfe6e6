#!/usr/bin/env node
import { key } from "./cli/key.ts";
import { migrate } from "./cli/migrate.ts";
import { pause, pauses, resume } from "./cli/pauses.ts";
import { reconcile } from "./cli/reconcile.ts";
import { sandbox } from "./cli/sandbox.ts";
import { serve } from "./cli/serve.ts";
import { ConfigRefused } from "./config.ts";
import { StoreRefused } from "./store/index.ts";

const USAGE = `plimsoll: the running hold on a card, for merchants and payers

  plimsoll serve --config FILE                       run the BFF
  plimsoll key create --config FILE --merchant ID --mode test|live --name NAME
                                                     make a secret API key; it is printed once
  plimsoll migrate --config FILE                     bring the database's schema up to this version, and end
  plimsoll reconcile --config FILE [--account ID] [--from DATE] [--until DATE] [--json] [--restored]
                                                     compare our holds with the gateways' own lists and books, both ways;
                                                     after a restore: mark what is open to be read before the next step
  plimsoll pause GATEWAY --mode test|live --why TEXT --by NAME --config FILE
  plimsoll resume GATEWAY --mode test|live --config FILE
  plimsoll pauses --config FILE                      ask nothing new of a gateway; ask again; what is paused
  plimsoll sandbox [--port N] [--control-port N] [--moneris-port N] [--computop-port N]
                                                     run the imitated gateways on localhost: CyberSource (4302),
                                                     their control door (4303), Moneris (4304), Computop (4305)
`;

const COMMANDS: ReadonlyMap<string, (args: readonly string[]) => Promise<void>> = new Map(
  Object.entries({ serve, key, migrate, reconcile, pause, resume, pauses, sandbox }),
);

try {
  await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof ConfigRefused || error instanceof StoreRefused)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}

async function main([command = "help", ...rest]: readonly string[]): Promise<void> {
  if (command === "help" || command === "--help") return console.log(USAGE);
  const run = COMMANDS.get(command);
  if (!run) throw new ConfigRefused(USAGE);
  return run(rest);
}
