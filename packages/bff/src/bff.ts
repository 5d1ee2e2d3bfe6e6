import type { Mode } from "@plimsoll/shared";
import express, { type ErrorRequestHandler, type Express, type Router } from "express";
import helmet from "helmet";
import { createKeys, createSeal, createStreams, createTokens } from "./access/index.ts";
import { makeActions, type Actions } from "./admin/index.ts";
import { createVisitors, mountApi, mountNotices, mountScripts } from "./api/index.ts";
import type { Clock } from "./clock.ts";
import { ConfigRefused, type Config } from "./config.ts";
import type { Directory } from "./directory.ts";
import { createDriver, type Driver } from "./driver/index.ts";
import type { Ids } from "./ids.ts";
import { createHub, createRelay } from "./live/index.ts";
import type { Store } from "./store/store.ts";
import type { Log } from "./telemetry/index.ts";

export type { AppRouter } from "./api/index.ts";
export { systemClock, type Clock } from "./clock.ts";
export * from "./config.ts";
export { makeDirectory, type Account, type Directory } from "./directory.ts";
export { makeIds, type Ids } from "./ids.ts";
export { openStore } from "./store/index.ts";
export type { Store } from "./store/store.ts";
export { createLog, type Log } from "./telemetry/index.ts";

export interface BffParts {
  readonly config: Config;
  readonly directory: Directory;
  readonly store: Store;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  /** 32 random bytes in base64, as the configuration's `secret` says where to find them. */
  readonly secret: string;
}

export interface Bff {
  /** To listen with, or to mount in another Express app. */
  readonly app: Express;
  readonly driver: Driver;
  /** What can be asked of it from the command line. */
  readonly actions: Actions;
  /** Makes a secret API key, which is shown this once. Throws ConfigRefused where there is no such merchant. */
  createKey(merchant: string, mode: Mode, name: string): Promise<{ readonly id: string; readonly secret: string }>;
  /** Takes up what an earlier process left. */
  start(): Promise<void>;
  /** Starts nothing new, ends live streams, waits for what is in flight and closes the store. */
  stop(): Promise<void>;
}

/** Puts the parts together. Throws ConfigRefused where they can't be used. */
export function createBff(parts: BffParts): Bff {
  const { config, directory, store, clock, ids, log } = parts;
  const secret = secretBytes(parts.secret);
  const alarm = (what: string, error: unknown) => log.error(error === undefined ? {} : { error: nameOf(error) }, what);
  store.hearUnreadable((hold, error) => alarm(`hold ${hold} is left out of lists`, error));
  const hub = createHub();
  const relay = createRelay({ store, hub, clock, alarm });
  const seal = createSeal(secret);
  const keys = createKeys({ store, ids, clock });
  const createKey: Bff["createKey"] = async (merchant, mode, name) => {
    if (!directory.merchant(merchant)) throw new ConfigRefused(`there is no merchant ${merchant}`);
    return keys.create(merchant, mode, name);
  };
  const tokens = createTokens({ secret, publicUrl: config.publicUrl, clock, ids });
  const driver = createDriver({
    store,
    clock,
    ids,
    gateway: (account) => directory.account(account)?.gateway,
    unseal: (sealed) => seal.unseal(sealed),
    changes: relay,
    alarm,
    alert: (what) => log.warn(what),
    patience: config.patience,
  });
  const closing = new AbortController();
  const services = { driver, store, directory, clock, ids, hub, tokens, seal, closing: closing.signal };
  const visitors = createVisitors(clock, closing.signal);
  const elsewhere = visitors.admit((response) => void response.status(503).json({ ok: false }));
  let ready = false;

  const plimsoll = express.Router({ caseSensitive: true });
  plimsoll.use("/trpc", mountApi({ services, log, keys, tokens, streams: createStreams(), directory, visitors }));
  plimsoll.use("/notices", elsewhere, mountNotices({ directory, driver }));
  plimsoll.get("/health", (_request, response) => void response.json({ ok: true }));
  plimsoll.get("/ready", (_request, response) => void response.status(ready ? 200 : 503).json({ ok: ready }));
  plimsoll.use(mountScripts(config.scripts));

  return {
    app: appAt(`${new URL(config.publicUrl).pathname.replace(/\/$/, "")}/plimsoll`, plimsoll, log),
    driver,
    actions: makeActions({ config, directory, store, driver, clock, createKey }),
    createKey,
    async start() {
      await driver.start();
      relay.start();
      ready = true;
    },
    async stop() {
      ready = false;
      closing.abort();
      await Promise.all([relay.stop(), driver.stop()]);
      await visitors.gone();
      await store.close();
    },
  };
}

/** The address to which a gateway posts what it has to tell about an account. */
export function noticesAt({ publicUrl }: Config): (account: string) => string {
  return (account) => `${publicUrl.replace(/\/$/, "")}/plimsoll/notices/${account}`;
}

function appAt(path: string, plimsoll: Router, log: Log): Express {
  const app = express();
  // Whatever stands in X-Forwarded-For is somebody's claim.
  app.set("trust proxy", false);
  app.use(
    helmet({
      // No page is served here, so nothing may be loaded or framed; no upgrade to https either, which would break
      // scripts that are asked for over plain http in tests on a phone.
      contentSecurityPolicy: { useDefaults: false, directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] } },
    }),
  );
  app.use(path, plimsoll);
  app.use((_request, response) => void response.status(404).json({ ok: false }));
  app.use(withoutDetails(log));
  return app;
}

/** Outside of the API: an address that can't be read, a file that may not be. Express would answer with a stack. */
function withoutDetails(log: Log): ErrorRequestHandler {
  return (error: unknown, _request, response, next) => {
    if (response.headersSent) return next(error);
    const status: unknown = Reflect.get(Object(error), "status");
    const isTheirs = typeof status === "number" && status >= 400 && status < 500;
    if (!isTheirs) log.error({ error: nameOf(error) }, "fault");
    response.status(isTheirs ? status : 500).json({ ok: false });
  };
}

const SECRET_BYTES = 32;

function secretBytes(base64: string): Uint8Array {
  const bytes = Buffer.from(base64, "base64");
  if (bytes.length !== SECRET_BYTES) throw new ConfigRefused("the secret must be 32 random bytes in base64");
  return bytes;
}

function nameOf(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : "unknown";
}
