#!/usr/bin/env node
import { existsSync } from "node:fs";
import { createServer, type RequestListener, type Server } from "node:http";
import { join } from "node:path";
import { CREATE_KEY, serveAdmin } from "./admin/index.ts";
import { asked } from "./cli/asked.ts";
import { compose } from "./cli/compose.ts";
import { migrate } from "./cli/migrate.ts";
import { configOf, modeOf, options, text } from "./cli/options.ts";
import { pause, pauses, resume } from "./cli/pauses.ts";
import { reconcile } from "./cli/reconcile.ts";
import { ConfigRefused, type Config } from "./config.ts";
import { StoreRefused } from "./store/index.ts";
import { createLog } from "./telemetry/index.ts";

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

/** The committed releases lie beside this package; only here is known where. */
const RELEASES = join(import.meta.dirname, "../../widget/releases");

try {
  await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof ConfigRefused || error instanceof StoreRefused)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}

async function main([command, ...rest]: readonly string[]): Promise<void> {
  switch (command) {
    case "serve":
      return serve(rest);
    case "key":
      return key(rest);
    case "migrate":
      return migrate(rest);
    case "reconcile":
      return reconcile(rest);
    case "pause":
      return pause(rest);
    case "resume":
      return resume(rest);
    case "pauses":
      return pauses(rest);
    case "sandbox":
      return sandbox(rest);
    case undefined:
    case "help":
    case "--help":
      return console.log(USAGE);
    default:
      throw new ConfigRefused(USAGE);
  }
}

async function serve(args: readonly string[]): Promise<void> {
  const config = withScripts(configOf(options(args, { config: text })));
  const { bff, close } = await compose(config, createLog());
  const server = await listening(bff.app, config.listen);
  await bff.start();
  const admin = typeof config.database === "string" ? await serveAdmin(config.database, bff) : undefined;
  console.log(`ready ${config.publicUrl}`);

  onStop(async () => {
    admin?.close();
    server.close();
    // Attempts in flight are awaited to their deadline: a deploy makes no doubts.
    await close();
    server.closeAllConnections();
  });
}

function withScripts(config: Config): Config {
  const releases = config.scripts.releases ?? (existsSync(RELEASES) ? RELEASES : undefined);
  return releases === undefined ? config : { ...config, scripts: { ...config.scripts, releases } };
}

/** Express hands a failure to listen to the callback of `listen`, which nobody would look at: so the server is asked itself. */
function listening(app: RequestListener, { host, port }: Config["listen"]): Promise<Server> {
  const server = createServer(app);
  return new Promise((resolve, reject) => {
    server.once("error", (error) =>
      reject(new ConfigRefused(`${host}:${port} can't be listened on: ${error.message}`)),
    );
    server.listen(port, host, () => resolve(server));
  });
}

async function key([action, ...rest]: readonly string[]): Promise<void> {
  if (action !== "create") throw new ConfigRefused(USAGE);
  const given = options(rest, { config: text, merchant: text, mode: text, name: text });
  const config = configOf(given);
  const wanted = {
    merchant: given.needed("merchant", "--merchant ID"),
    mode: modeOf(given.needed("mode", "--mode test|live")),
    name: given.needed("name", "--name NAME"),
  };
  for await (const { secret } of asked(config, CREATE_KEY, wanted)) console.log(secret);
}

async function sandbox(args: readonly string[]): Promise<void> {
  const given = options(args, { port: text, "control-port": text, "moneris-port": text, "computop-port": text });
  const ports = {
    cybersource: portOf(given.text("port") ?? "4302"),
    control: portOf(given.text("control-port") ?? "4303"),
    moneris: portOf(given.text("moneris-port") ?? "4304"),
    computop: portOf(given.text("computop-port") ?? "4305"),
  };
  const { startSandbox, sandboxControl } = await import("@plimsoll/sandbox");
  const running = await startSandbox({ ports }).catch((error: Error) => {
    throw new ConfigRefused(`the sandbox can't start: ${error.message}`);
  });
  for (const { title, url, credentials } of await sandboxControl(running.control.url).gateways()) {
    const known = Object.entries(credentials).map(([name, value]) => `${name} ${value}`);
    console.log([`${title} ${url}`, ...known].join("\n  "));
  }
  console.log(`control door ${running.control.url} (a page for people, JSON for tests)`);
  console.log(`ready ${running.cybersource.url}`);
  onStop(() => running.close());
}

function portOf(given: string): number {
  const port = Number(given);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new ConfigRefused(`${given} is not a port`);
  return port;
}

function onStop(stop: () => Promise<void>): void {
  let stopping = false;
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.on(signal, () => {
      if (stopping) return;
      stopping = true;
      void stop().finally(() => process.exit());
    });
  }
}
