import type { z } from "zod";
import { movableClock } from "../../clock.ts";
import { createChanges } from "../../control/changes.ts";
import { createFaultEngine } from "../../control/fault-engine.ts";
import type { FaultEngine } from "../../control/fault-engine.ts";
import type { FaultScript } from "../../control/fault.ts";
import { faultSchema } from "../../control/fault.ts";
import type { ImitatedGateway } from "../../control/imitated-gateway.ts";
import type { Journal } from "../../control/journal.ts";
import { createJournal } from "../../control/journal.ts";
import type { PaymentReport, Sums } from "../../control/reports.ts";
import { listenOnLoopback } from "../../loopback.ts";
import { systemRandom } from "../../random.ts";
import type { MonerisMerchantScript } from "../merchants.ts";
import { testMerchant } from "../merchants.ts";
import { createMoneris } from "../moneris.ts";
import { publishedList, publishedPayment, publishedProblem } from "./published-answers.ts";

/** The instant at which every test starts. */
export const NOON = Date.parse("2026-11-21T12:00:00Z");

// oxlint-disable-next-line typescript/no-explicit-any -- a test reads an answer as it came, path by path
type Body = any;

export interface Heard {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Body;
}

/** A merchant's server that speaks to an imitated Moneris of its own over real HTTP. */
export interface Store {
  readonly url: string;
  readonly gateway: ImitatedGateway;
  readonly faults: FaultEngine;
  readonly journal: Journal;
  /** Moves everybody's time. */
  pass(ms: number): void;
  /** Moves the gateway's time alone: access tokens stay what they are. */
  passAtGateway(ms: number): void;
  script(fault: FaultScript): string;
  /** As the store's own client, with a token of its own. Every answer is held against the published schemas. */
  send(method: string, path: string, body?: object, headers?: Record<string, string | undefined>): Promise<Heard>;
  create(amount: number, more?: object, card?: string): Promise<Heard>;
  increment(id: string, amount: number, more?: object): Promise<Heard>;
  complete(id: string, amount: number | null, more?: object): Promise<Heard>;
  cancel(id: string, more?: object): Promise<Heard>;
  read(id: string): Promise<Heard>;
  payment(id: string): PaymentReport;
  sums(currency?: string): Sums | undefined;
  reset(): void;
  close(): Promise<void>;
}

export async function openStore(account: MonerisMerchantScript = testMerchant): Promise<Store> {
  let now = NOON;
  const clock = movableClock({ now: () => now });
  const changes = createChanges();
  const faults = createFaultEngine();
  const journal = createJournal(clock, changes);
  const parts = { clock, random: systemRandom, faults, journal, changes, merchants: [account], readings: {} };
  const gateway = createMoneris(parts);
  const listening = await listenOnLoopback(gateway.wire, 0);
  const { url } = listening;
  const { merchantId, clientId, clientSecret } = account;
  let accessToken: string | undefined;
  const send: Store["send"] = async (method, path, body, headers = {}) => {
    accessToken ??= await askForToken(url, { client_id: clientId, client_secret: clientSecret });
    const given = {
      authorization: `Bearer ${accessToken}`,
      "x-merchant-id": merchantId,
      "api-version": "2025-08-14",
      "content-type": "application/json",
      ...headers,
    };
    const response = await fetch(`${url}${path}`, {
      method,
      headers: Object.entries(given).flatMap(([name, value]): [string, string][] =>
        value === undefined ? [] : [[name, value]],
      ),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return heldAgainstSchemas(path, {
      status: response.status,
      headers: response.headers,
      body: await response.json(),
    });
  };
  const key = () => ({ idempotencyKey: crypto.randomUUID() });
  return {
    url,
    gateway,
    faults,
    journal,
    pass: (ms) => {
      now += ms;
    },
    passAtGateway: (ms) => clock.advance(ms),
    script: (fault) => faults.script(faultSchema.parse({ ...fault, gateway: "moneris" })).id,
    send,
    create: async (amount, more = {}, card = "visa") =>
      send("POST", "/payments", { ...key(), ...(await payment(gateway, card)), amount: money(amount), ...more }),
    increment: (id, amount, more = {}) =>
      send("POST", `/payments/${id}/increment`, { ...key(), amount: money(amount), ...more }),
    complete: (id, amount, more = {}) =>
      send("POST", `/payments/${id}/complete`, {
        ...key(),
        ...(amount === null ? {} : { amount: money(amount) }),
        ...more,
      }),
    cancel: (id, more = {}) => send("POST", `/payments/${id}/cancel`, { ...key(), ...more }),
    read: (id) => send("GET", `/payments/${id}`),
    payment: (id) => {
      const found = gateway.payment(merchantId, id);
      if (found === undefined) throw new Error(`the books have no payment ${id}`);
      return found;
    },
    sums: (currency = "CAD") => gateway.books(merchantId)?.sums[currency],
    reset: () => {
      faults.abandon();
      gateway.reset();
      clock.reset();
      now = NOON;
    },
    close: () => listening.close(),
  };
}

function money(amount: number) {
  return { amount, currency: "CAD" };
}

/** A payment that can grow, with a token of its own. */
async function payment(gateway: ImitatedGateway, card: string): Promise<object> {
  const issued = await gateway.token(card);
  return {
    paymentMethod: { paymentMethodSource: "TEMPORARY_TOKEN", temporaryToken: issued?.token },
    incrementalAuthorization: true,
    automaticCapture: false,
  };
}

export async function askForToken(url: string, form: Record<string, string> = {}): Promise<string> {
  const answer: Body = await (await requestToken(url, form)).json();
  return String(answer.access_token);
}

export function requestToken(url: string, form: Record<string, string> = {}): Promise<Response> {
  const { clientId, clientSecret } = testMerchant;
  const body = new URLSearchParams({
    grant_type: "client_credentials",
    client_id: clientId,
    client_secret: clientSecret,
    ...form,
  });
  return fetch(`${url}/oauth2/token`, { method: "POST", body });
}

/** @throws ZodError where an answer is not as Moneris publishes it */
function heldAgainstSchemas(path: string, heard: Heard): Heard {
  if (heard.status >= 400) {
    publishedProblem.parse(heard.body);
    if (heard.headers.get("content-type")?.startsWith("application/problem+json") !== true)
      throw new Error("a problem is told as application/problem+json");
  } else {
    const schema: z.ZodType =
      /^\/payments(?:\?|$)/u.test(path) && Array.isArray(heard.body.data) ? publishedList : publishedPayment;
    schema.parse(heard.body);
  }
  return heard;
}
