import { randomBytes } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { errorData, type ErrorData, type MerchantDone, type MerchantView } from "@plimsoll/shared";
import { createTRPCClient, httpLink } from "@trpc/client";
import { createBff, type AppRouter, type Bff } from "../../bff.ts";
import { checkConfig } from "../../config.ts";
import type { Hold } from "../../hold/index.ts";
import { makeDirectory } from "../../directory.ts";
import { makeIds } from "../../ids.ts";
import { openStore } from "../../store/index.ts";
import type { Store } from "../../store/store.ts";
import { createLog } from "../../telemetry/index.ts";
import { FakeGateway } from "./fake-gateway.ts";
import { ManualClock } from "../../testing/manual-clock.ts";

export const HOTEL = "https://hotel.example";
export const APP = "capacitor://localhost";
export const PUBLIC_URL = "https://pay.example/pay";

const config = checkConfig({
  publicUrl: PUBLIC_URL,
  secret: { env: "PLIMSOLL_SECRET" },
  merchants: [
    { id: "grand-hotel", name: "Grand Hotel", descriptor: "GRAND HOTEL", origins: [HOTEL, APP] },
    { id: "other-hotel", name: "Other Hotel", descriptor: "OTHER HOTEL", origins: ["https://other.example"] },
  ],
  accounts: [
    { id: "grand-test", merchant: "grand-hotel", mode: "test", gateway: "fake", settings: {} },
    { id: "grand-live", merchant: "grand-hotel", mode: "live", gateway: "fake", settings: {} },
    { id: "other-test", merchant: "other-hotel", mode: "test", gateway: "fake", settings: {} },
  ],
});

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

export interface Request {
  readonly method?: string;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

/** A whole BFF that really listens, on a gateway, a clock and a store of its own. */
export class World {
  readonly clock = new ManualClock();
  readonly gateway = new FakeGateway();
  readonly secret = randomBytes(32);
  /** Every line of the log. */
  readonly log: string[] = [];
  /** The URLs of all requests, and all bodies of answers. */
  readonly urls: string[] = [];
  readonly answers: string[] = [];
  readonly #server: Server;
  readonly #bff: Bff;
  #drained: Promise<void> | undefined;
  readonly store: Store;
  readonly keys: { readonly test: string; readonly live: string; readonly other: string };

  static async start(store?: Store): Promise<World> {
    const world = new World(store ?? (await openStore({ file: ":memory:" })));
    await world.#bff.start();
    const key = async (merchant: string, mode: "live" | "test") =>
      (await world.#bff.createKey(merchant, mode, `${merchant}'s server`)).secret;
    Object.assign(world.keys, {
      test: await key("grand-hotel", "test"),
      live: await key("grand-hotel", "live"),
      other: await key("other-hotel", "test"),
    });
    await new Promise<void>((resolve) => void world.#server.listen(0, "127.0.0.1", resolve));
    return world;
  }

  private constructor(store: Store) {
    this.store = store;
    this.keys = { test: "", live: "", other: "" };
    this.#bff = createBff({
      config,
      directory: makeDirectory(config, () => this.gateway),
      store,
      clock: this.clock,
      ids: makeIds(() => this.clock.now()),
      log: createLog({ level: "trace", to: { write: (line) => void this.log.push(line) } }),
      secret: this.secret.toString("base64"),
    });
    this.#server = createServer(this.#bff.app);
  }

  /** The service stops; its server still stands. */
  drain(): Promise<void> {
    this.#drained ??= this.#bff.stop();
    // Nobody waits for a gateway that stays silent.
    this.clock.passes(120_000);
    return this.#drained;
  }

  async stop(): Promise<void> {
    await this.drain();
    this.#server.closeAllConnections();
    await new Promise((resolve) => void this.#server.close(resolve));
    // A fault of ours in any test is a failure, whatever else the test looks at.
    const faults = this.log.filter((line) => line.includes('"level":50'));
    if (faults.length > 0) throw new Error(faults.join(""));
  }

  get port(): number {
    // A server that listens on TCP has an address with a port.
    return (this.#server.address() as AddressInfo).port;
  }

  url(path: string): string {
    return `http://127.0.0.1:${this.port}/pay/plimsoll/${path}`;
  }

  /** Any request, as it is. */
  async send(path: string, { method = "POST", body, headers = {}, signal }: Request = {}): Promise<Answer> {
    const url = this.url(path);
    this.urls.push(url);
    const init = { method, headers, ...(body === undefined ? {} : { body }), ...(signal ? { signal } : {}) };
    const response = await fetch(url, init);
    const text = await response.text();
    this.answers.push(text);
    return { status: response.status, headers: response.headers, text };
  }

  /** A procedure of the merchant's server, or with a token of a browser on the hotel's page. */
  call(
    procedure: string,
    input: unknown,
    by: { key?: string; token?: string; origin?: string; idempotency?: string | null } = {},
  ) {
    const isQuery = QUERIES.has(procedure.split(".").at(-1) ?? "");
    const idempotency = by.idempotency === undefined ? randomBytes(8).toString("hex") : by.idempotency;
    const headers = {
      authorization: `Bearer ${by.token ?? by.key ?? this.keys.test}`,
      ...(by.token === undefined ? {} : { origin: by.origin ?? HOTEL }),
      ...(isQuery ? {} : { "content-type": "application/json" }),
      ...(isQuery || idempotency === null ? {} : { "idempotency-key": idempotency }),
    };
    if (!isQuery) return this.send(`trpc/${procedure}`, { body: JSON.stringify(input), headers });
    const query = input === undefined ? "" : `?input=${encodeURIComponent(JSON.stringify(input))}`;
    return this.send(`trpc/${procedure}${query}`, { method: "GET", headers });
  }

  /** A merchant's server, as one would write it in TypeScript. */
  merchant(key = this.keys.test) {
    const headers = () => ({ authorization: `Bearer ${key}`, "idempotency-key": randomBytes(8).toString("hex") });
    return createTRPCClient<AppRouter>({ links: [httpLink({ url: this.url("trpc"), headers })] }).merchant.v1;
  }

  async open(
    amount = 400_00,
    more: Readonly<Record<string, unknown>> = {},
    key = this.keys.test,
  ): Promise<MerchantView> {
    const answer = await this.call("merchant.v1.open", { ...opening(amount), ...more }, { key });
    return doneOf(answer).hold;
  }

  async payerToken(...holds: string[]): Promise<string> {
    return (await this.merchant().tokens.issue.mutate({ scope: "payer", holds, origin: HOTEL })).token;
  }

  async deskToken(more: { max?: number; holds?: string[] } = {}): Promise<string> {
    const { holds = "desk", ...rest } = more;
    const asked = { scope: "console", holds, origin: HOTEL, operator: "Ada", ...rest } as const;
    return (await this.merchant().tokens.issue.mutate(asked)).token;
  }

  /** Looks at a hold until it is so. */
  async until(id: string, isSo: (hold: Hold) => boolean): Promise<void> {
    for (let looks = 0; looks < 1000; looks += 1) {
      const hold = await this.store.load(id);
      if (hold && isSo(hold)) return;
      await new Promise(setImmediate);
    }
    throw new Error("the hold never came to be so");
  }

  /** An increment of $10.00 that the gateway never answered, past its deadline. */
  async doubt(id: string): Promise<void> {
    this.gateway.mood = "is silent";
    const asked = this.gateway.asked();
    const answer = this.call("merchant.v1.increment", { hold: id, amount: 10_00, currency: "USD" });
    await asked;
    this.clock.passes(60_000);
    await answer;
    await this.until(id, ({ operations }) => operations.some(({ doubtSince }) => doubtSince !== null));
    this.gateway.mood = "approves";
  }

  hint(id: string): Promise<void> {
    return this.#bff.driver.hint(id, { kind: "console", name: "a test" });
  }

  /** Everything that must not change where a request is refused. */
  async state(): Promise<string> {
    const holds = await Promise.all(
      (["test", "live"] as const).flatMap((mode) =>
        ["grand-hotel", "other-hotel"].map((merchant) => this.store.openHolds(merchant, mode, 1000)),
      ),
    );
    return JSON.stringify([holds, [...this.gateway.books], this.gateway.timesAsked]);
  }
}

const QUERIES = new Set(["hold", "holds", "receipt", "history", "watch"]);

let orders = 0;

export function opening(amount = 400_00) {
  orders += 1;
  return {
    order: `stay-${orders}`,
    amount,
    currency: "USD",
    profile: "lodging",
    payment: { token: "tok-secret-canary" },
  };
}

/** The refusal that an answer carries; fails where it is none of the documented form. */
export function refusalOf({ text }: Answer): ErrorData {
  const body: unknown = JSON.parse(text);
  const data: unknown = Reflect.get(Object(Reflect.get(Object(body), "error")), "data");
  return errorData.strict().parse(Reflect.get(Object(data), "plimsoll"));
}

/** What a successful answer carries. */
export function dataOf(answer: Answer): unknown {
  const body: unknown = JSON.parse(answer.text);
  const result: unknown = Reflect.get(Object(body), "result");
  if (result === undefined) throw new Error(`no result but ${answer.status} ${answer.text}`);
  return Reflect.get(Object(result), "data");
}

export function doneOf(answer: Answer): MerchantDone {
  return dataOf(answer) as MerchantDone;
}
