#!/usr/bin/env node
import { existsSync } from "node:fs";
import { createServer, type RequestListener, type Server } from "node:http";
import { join } from "node:path";
import { parseArgs, type ParseArgsConfig } from "node:util";
import { mode, type Mode } from "@plimsoll/shared";
import { requestKey, serveAdmin } from "./admin.ts";
import { createBff, noticesAt } from "./bff.ts";
import { systemClock } from "./clock.ts";
import { ConfigRefused, readConfig, readSecret, type Config } from "./config.ts";
import { makeDirectory } from "./directory.ts";
import { connectGateway } from "./gateways/index.ts";
import { createWireClient } from "./gateways/wire-client.ts";
import { makeIds } from "./ids.ts";
import { openStore, StoreRefused } from "./store/index.ts";
import { createLog } from "./telemetry/index.ts";

const USAGE = `plimsoll: the running hold on a card, for merchants and payers

  plimsoll serve --config FILE                       run the BFF
  plimsoll key create --config FILE --merchant ID --mode test|live --name NAME
                                                     make a secret API key; it is printed once
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
  const { config: file } = options(args, { config: { type: "string" } });
  const config = withScripts(readConfig(needed(file, "--config FILE")));
  const log = createLog();
  const clock = systemClock;
  const ids = makeIds(clock.now);
  const wire = createWireClient();
  const parts = { send: wire.send, clock, bytes: ids.bytes, noticesUrl: noticesAt(config) };
  const directory = makeDirectory(config, (account) => connectGateway(account, process.env, parts));
  const secret = readSecret(config.secret, process.env);
  const store = await openStore({ file: config.database });
  const bff = createBff({ config, directory, store, clock, ids, log, secret });
  const server = await listening(bff.app, config.listen);
  await bff.start();
  const admin = await serveAdmin(config.database, bff);
  console.log(`ready ${config.publicUrl}`);

  onStop(async () => {
    admin.close();
    server.close();
    // Attempts in flight are awaited to their deadline: a deploy makes no doubts.
    await bff.stop();
    await wire.close();
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
  const string = { type: "string" } as const;
  const given = options(rest, { config: string, merchant: string, mode: string, name: string });
  const config = readConfig(needed(given["config"], "--config FILE"));
  const wanted = {
    merchant: needed(given["merchant"], "--merchant ID"),
    mode: modeOf(needed(given["mode"], "--mode test|live")),
    name: needed(given["name"], "--name NAME"),
  };
  if (!config.merchants.some(({ id }) => id === wanted.merchant))
    throw new ConfigRefused(`there is no merchant ${wanted.merchant} in the configuration`);
  const made = await requestKey(config.database, wanted).catch((error: Error) => {
    throw new ConfigRefused(error.message);
  });
  if (made === undefined)
    throw new ConfigRefused(`no BFF runs on ${config.database}: start it with plimsoll serve first`);
  console.log(made);
}

function modeOf(given: string): Mode {
  const parsed = mode.safeParse(given);
  if (!parsed.success) throw new ConfigRefused("--mode is test or live");
  return parsed.data;
}

async function sandbox(args: readonly string[]): Promise<void> {
  const string = { type: "string" } as const;
  const given = options(args, {
    port: string,
    "control-port": string,
    "moneris-port": string,
    "computop-port": string,
  });
  const ports = {
    cybersource: portOf(given["port"] ?? "4302"),
    control: portOf(given["control-port"] ?? "4303"),
    moneris: portOf(given["moneris-port"] ?? "4304"),
    computop: portOf(given["computop-port"] ?? "4305"),
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

function options(
  args: readonly string[],
  known: NonNullable<ParseArgsConfig["options"]>,
): Record<string, string | undefined> {
  try {
    const { values } = parseArgs({ args: [...args], options: known, strict: true });
    return Object.fromEntries(
      Object.entries(values).map(([name, value]) => [name, typeof value === "string" ? value : undefined]),
    );
  } catch (error) {
    throw new ConfigRefused(`${error instanceof Error ? error.message : ""}\n\n${USAGE}`);
  }
}

function needed(value: string | undefined, what: string): string {
  if (!value) throw new ConfigRefused(`${what} is missing\n\n${USAGE}`);
  return value;
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
