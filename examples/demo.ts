import { spawn, type ChildProcess } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve as absolute } from "node:path";
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";

/**
 * Sandbox gateway, BFF and the hotel, each a process of its own on an origin of its own, as a merchant would run them.
 * Prints one line `ready http://localhost:PORT` and runs until it is stopped.
 */
const root = join(import.meta.dirname, "..");
const { values } = parseArgs({
  options: {
    port: { type: "string", default: "4300" },
    folder: { type: "string", default: join(root, ".plimsoll/demo") },
  },
});
const hotelPort = Number(values.port);
const ports = { hotel: hotelPort, bff: hotelPort + 1, gateway: hotelPort + 2, control: hotelPort + 3 };
const urls = {
  hotel: `http://localhost:${ports.hotel}`,
  bff: `http://localhost:${ports.bff}`,
  gateway: `http://localhost:${ports.gateway}`,
  control: `http://localhost:${ports.control}`,
};
const cli = join(root, "packages/bff/src/cli.ts");
const folder = absolute(values.folder);
const config = join(folder, "plimsoll.json");
const children: ChildProcess[] = [];
let ending = false;

/** The sandbox's own test merchant, as its README gives it. */
const SANDBOX = {
  merchantId: "plimsoll_test",
  keyId: "08c94330-f618-42a3-b09d-e1e43be5efda",
  secret: "aW5jcmVtZW50YWwtYXV0aC10ZXN0LXNlY3JldC0zMmI=",
};

for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => end(0));

// A demo begins with empty books on both sides: a database that outlived the sandbox's would contradict it.
clear(folder);
mkdirSync(folder, { recursive: true, mode: 0o700 });
writeFileSync(config, JSON.stringify(configuration(), null, 2), { mode: 0o600 });

await start(
  "sandbox",
  [cli, "sandbox", "--port", String(ports.gateway), "--control-port", String(ports.control)],
  {},
  /ready/,
);
await start(
  "bff",
  [cli, "serve", "--config", config],
  { PLIMSOLL_SECRET: randomBytes(32).toString("base64"), CYBERSOURCE_SECRET: SANDBOX.secret },
  /ready/,
);
const key = await output([
  cli,
  "key",
  "create",
  "--config",
  config,
  "--merchant",
  "harbor-hotel",
  "--mode",
  "test",
  "--name",
  "Harbor Hotel server",
]);
await start("hotel", [join(root, "examples/hotel/src/server.ts")], hotelEnvironment(key), /Harbor Hotel/);
console.log(`sandbox books ${urls.control}/cybersource/books/${SANDBOX.merchantId}`);
console.log(`ready ${urls.hotel}`);

/** Only what a demo left behind is removed: somebody may name a folder of their own by mistake. */
function clear(place: string): void {
  if (existsSync(place) && readdirSync(place).length > 0 && !existsSync(join(place, "plimsoll.json"))) {
    throw new Error(`${place} is not empty, and no demo's folder`);
  }
  for (const file of ["", "-wal", "-shm", ".sock"]) rmSync(join(place, `plimsoll.db${file}`), { force: true });
}

function configuration() {
  return {
    publicUrl: urls.bff,
    listen: { host: "127.0.0.1", port: ports.bff },
    database: join(folder, "plimsoll.db"),
    secret: { env: "PLIMSOLL_SECRET" },
    scripts: { working: join(root, "packages/widget/dist/script") },
    merchants: [{ id: "harbor-hotel", name: "Harbor Hotel", descriptor: "HARBOR HOTEL SF", origins: [urls.hotel] }],
    accounts: [
      {
        id: "harbor-cybersource",
        merchant: "harbor-hotel",
        mode: "test",
        gateway: "cybersource",
        settings: { host: urls.gateway, merchantId: SANDBOX.merchantId, keyId: SANDBOX.keyId, scenario: "lodging" },
        secrets: { secret: { env: "CYBERSOURCE_SECRET" } },
      },
    ],
  };
}

function hotelEnvironment(apiKey: string): Record<string, string> {
  return {
    PORT: String(ports.hotel),
    PLIMSOLL_URL: urls.bff,
    PLIMSOLL_KEY: apiKey,
    CARD_FIELD: `${urls.gateway}/token-page`,
  };
}

/** Starts a child with this very Node and waits for the line that says it is ready. */
function start(
  name: string,
  args: readonly string[],
  environment: Record<string, string>,
  ready: RegExp,
): Promise<void> {
  const child = spawn(process.execPath, ["--conditions=@plimsoll/source", ...args], {
    cwd: root,
    env: { ...process.env, ...environment },
    stdio: ["ignore", "pipe", "inherit"],
  });
  children.push(child);
  return new Promise((resolve) => {
    createInterface({ input: child.stdout }).on("line", (line) => {
      if (ready.test(line)) resolve();
    });
    child.once("exit", (code) => {
      console.error(`${name} ended with ${code}`);
      end(1);
    });
  });
}

function output(args: readonly string[]): Promise<string> {
  const child = spawn(process.execPath, ["--conditions=@plimsoll/source", ...args], {
    cwd: root,
    stdio: ["ignore", "pipe", "inherit"],
  });
  return new Promise((resolve, reject) => {
    let said = "";
    child.stdout.on("data", (chunk: Buffer) => (said += chunk.toString()));
    child.once("exit", (code) =>
      code === 0 ? resolve(said.trim()) : reject(new Error(`${args[1]} ended with ${code}`)),
    );
  });
}

function end(code: number): void {
  if (ending) return;
  ending = true;
  for (const child of children) child.kill("SIGTERM");
  process.exitCode = code;
  setTimeout(() => process.exit(code), 4_000).unref();
}
