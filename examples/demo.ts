import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve as absolute } from "node:path";
import { parseArgs } from "node:util";
import { secretsOfGateways } from "./demo/gateways.ts";
import { configuration, merchants, siteEnvironment } from "./demo/merchants.ts";
import { placesFrom } from "./demo/places.ts";
import { Processes } from "./demo/processes.ts";
import { serveStartPage } from "./demo/start-page.ts";

/**
 * Sandbox gateways, BFF and three merchants' sites, each a process of its own on an origin of its own, as they would
 * run for real. Prints one line `ready http://localhost:PORT`, where a start page lists them, and runs until it is stopped.
 */
const root = join(import.meta.dirname, "..");
const { values } = parseArgs({
  options: {
    port: { type: "string", default: "4300" },
    folder: { type: "string", default: join(root, ".plimsoll/demo") },
  },
});
const places = placesFrom(Number(values.port));
const cli = join(root, "packages/bff/src/cli.ts");
const folder = absolute(values.folder);
const config = join(folder, "plimsoll.json");
const processes = new Processes(root);

for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => processes.end(0));

// A demo begins with empty books on both sides: a database that outlived the sandbox's would contradict it.
clear(folder);
mkdirSync(folder, { recursive: true, mode: 0o700 });
const files = { database: join(folder, "plimsoll.db"), scripts: join(root, "packages/widget/dist/script") };
writeFileSync(config, JSON.stringify(configuration(places, files), null, 2), { mode: 0o600 });

await processes.start("sandbox", [cli, "sandbox", ...sandboxPorts()], {}, /^ready/);
await processes.start(
  "bff",
  [cli, "serve", "--config", config],
  { PLIMSOLL_SECRET: randomBytes(32).toString("base64"), ...secretsOfGateways() },
  /^ready/,
);
await Promise.all(merchants.map(openSite));
// Last: whoever finds it there finds all of the others.
await serveStartPage(places);
console.log(`ready ${places.start.url}`);

async function openSite(merchant: (typeof merchants)[number]): Promise<void> {
  const { id, name } = merchant;
  const owner = ["--merchant", id, "--mode", "test", "--name", `${name} server`];
  const key = await processes.output([cli, "key", "create", "--config", config, ...owner]);
  const server = join(root, "examples", merchant.folder, "src/server.ts");
  await processes.start(name, [server], siteEnvironment(merchant, places, key), new RegExp(`^${name}`));
}

function sandboxPorts(): string[] {
  const { cybersource, control, moneris, computop } = places;
  const ports = { port: cybersource, "control-port": control, "moneris-port": moneris, "computop-port": computop };
  return Object.entries(ports).flatMap(([flag, { port }]) => [`--${flag}`, String(port)]);
}

/** Only what a demo left behind is removed: somebody may name a folder of their own by mistake. */
function clear(place: string): void {
  if (existsSync(place) && readdirSync(place).length > 0 && !existsSync(join(place, "plimsoll.json"))) {
    throw new Error(`${place} is not empty, and no demo's folder`);
  }
  for (const file of ["", "-wal", "-shm", ".sock"]) rmSync(join(place, `plimsoll.db${file}`), { force: true });
}
