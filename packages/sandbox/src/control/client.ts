import { z } from "zod";
import type { BooksReport, PaymentReport } from "../cybersource/books.ts";
import type { MerchantScript } from "../cybersource/merchants.ts";
import type { ReadingName, ReadingReport, ReadingValues } from "../cybersource/readings.ts";
import type { IssuedToken } from "../cybersource/tokens/transient-tokens.ts";
import type { FaultReport, FaultScript } from "./fault.ts";
import type { JournalEntry } from "./journal.ts";

/** Everything that the control door can do, for tests and examples. */
export interface SandboxControl {
  /** @param mid the default test merchant unless said */
  books(mid?: string): Promise<BooksReport>;
  /** @param id the original's id, or the id, code or transactionId of any movement */
  payment(id: string, mid?: string): Promise<PaymentReport>;
  script(fault: FaultScript): Promise<FaultReport>;
  faults(): Promise<FaultReport[]>;
  /** Resolves once a request has met the fault, so that no test needs to sleep. */
  reached(id: string): Promise<FaultReport>;
  /** Resolves once what was held has been applied. */
  release(id: string): Promise<FaultReport>;
  withdraw(id: string): Promise<void>;
  journal(after?: number): Promise<JournalEntry[]>;
  readings(): Promise<ReadingReport[]>;
  setReading<N extends ReadingName>(name: N, value: ReadingValues[N]): Promise<void>;
  addMerchant(merchant: MerchantScript): Promise<void>;
  review(id: string, decision: "accept" | "reject"): Promise<PaymentReport>;
  /** A transient token for a test card: visa, mastercard, amex, discover, jcb, declined. */
  token(card: string): Promise<IssuedToken>;
  readonly clock: {
    now(): Promise<number>;
    set(now: number): Promise<void>;
    advance(ms: number): Promise<void>;
  };
  reset(): Promise<void>;
}

/** @param url `sandbox.control.url` */
export function sandboxControl(url: string): SandboxControl {
  const { ask, tell } = caller(url);
  const gateway = "/cybersource";
  return {
    books: (mid = DEFAULT_MID) => ask<BooksReport>("GET", `${gateway}/books/${mid}`),
    payment: (id, mid = DEFAULT_MID) => ask<PaymentReport>("GET", `${gateway}/books/${mid}/${encodeURIComponent(id)}`),
    script: (fault) => ask<FaultReport>("POST", "/faults", fault),
    faults: () => ask<FaultReport[]>("GET", "/faults"),
    reached: (id) => ask<FaultReport>("GET", `/faults/${id}/reached`),
    release: (id) => ask<FaultReport>("POST", `/faults/${id}/release`),
    withdraw: (id) => tell("DELETE", `/faults/${id}`),
    journal: (after = 0) => ask<JournalEntry[]>("GET", `/journal?after=${after}`),
    readings: () => ask<ReadingReport[]>("GET", `${gateway}/readings`),
    setReading: (name, value) => tell("PUT", `${gateway}/readings/${name}`, { value }),
    addMerchant: (merchant) => tell("POST", `${gateway}/merchants`, merchant),
    review: (id, decision) => ask<PaymentReport>("POST", `${gateway}/reviews/${id}`, { decision }),
    token: (card) => ask<IssuedToken>("POST", `${gateway}/tokens`, { card }),
    clock: {
      now: async () => (await ask<{ now: number }>("GET", "/clock")).now,
      set: (now) => tell("PUT", "/clock", { now }),
      advance: (ms) => tell("POST", "/clock/advance", { ms }),
    },
    reset: () => tell("POST", "/reset"),
  };
}

const DEFAULT_MID = "plimsoll_test";
const refusalSchema = z.object({ error: z.string() });

function caller(url: string) {
  const call = async (method: string, path: string, body?: object): Promise<Response> => {
    const response = await fetch(`${url}${path}`, {
      method,
      ...(body === undefined ? {} : { headers: { "content-type": "application/json" }, body: JSON.stringify(body) }),
    });
    if (response.ok) return response;
    const refusal = refusalSchema.safeParse(await response.json().catch(() => null));
    throw new Error(`control door, ${method} ${path}: ${refusal.success ? refusal.data.error : response.status}`);
  };
  return {
    // Both ends are this package: what the door writes is typed where it is made (reports in books.ts, fault.ts, journal.ts).
    ask: async <T>(method: string, path: string, body?: object): Promise<T> =>
      (await call(method, path, body)).json() as Promise<T>,
    tell: async (method: string, path: string, body?: object): Promise<void> => {
      await (await call(method, path, body)).arrayBuffer();
    },
  };
}
