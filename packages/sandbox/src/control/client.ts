import { z } from "zod";
import type { FaultReport, FaultScript } from "./fault.ts";
import type { IssuedToken } from "./imitated-gateway.ts";
import type { JournalEntry } from "./journal.ts";
import type { DeliveryMode, Forgery, NoticeReport } from "./notices.ts";
import type { BooksReport, GatewayReport, PaymentReport, ReadingReport } from "./reports.ts";

/** Everything that the control door can do, for tests and examples; what is of one gateway, of the one it was made for. */
export interface SandboxControl {
  gateways(): Promise<GatewayReport[]>;
  /** @param merchant the gateway's test merchant unless said */
  books(merchant?: string): Promise<BooksReport>;
  /** @param id the payment's id, or an id or reference of any of its movements */
  payment(id: string, merchant?: string): Promise<PaymentReport>;
  /** Lets time pass for one payment alone. */
  advance(id: string, ms: number, merchant?: string): Promise<PaymentReport>;
  /** @param fault for this client's gateway unless it names another */
  script(fault: FaultScript): Promise<FaultReport>;
  faults(): Promise<FaultReport[]>;
  /** Resolves once a request has met the fault, so that no test needs to sleep. */
  reached(id: string): Promise<FaultReport>;
  /** Resolves once what was held has been applied. */
  release(id: string): Promise<FaultReport>;
  withdraw(id: string): Promise<void>;
  /** All gateways' requests. */
  journal(after?: number): Promise<JournalEntry[]>;
  readings(): Promise<ReadingReport[]>;
  setReading(name: string, value: string): Promise<void>;
  /** @param merchant in the gateway's own form */
  addMerchant(merchant: object): Promise<void>;
  /** CyberSource only. */
  review(id: string, decision: "accept" | "reject"): Promise<PaymentReport>;
  /** A payment token for one of the gateway's test cards. */
  token(card: string): Promise<IssuedToken>;
  /** For gateways that notify. */
  readonly notices: {
    list(): Promise<NoticeReport[]>;
    deliver(mode: DeliveryMode): Promise<void>;
    /** Resolves once it was answered, or could not be sent. */
    send(id: string): Promise<NoticeReport>;
    /** Sends another body or other headers, with the signature that the gateway made for the true ones. */
    forge(id: string, forgery: Forgery): Promise<NoticeReport>;
  };
  readonly clock: {
    now(): Promise<number>;
    set(now: number): Promise<void>;
    advance(ms: number): Promise<void>;
  };
  reset(): Promise<void>;
}

/**
 * @param url `sandbox.control.url`
 * @param gateway whose books, cards, readings and notices; as at `GET /gateways`
 */
export function sandboxControl(url: string, gateway = "cybersource"): SandboxControl {
  const { ask, tell } = caller(url);
  const gateways = () => ask<GatewayReport[]>("GET", "/gateways");
  let testMerchant: Promise<string> | undefined;
  const booksOf = async (merchant: string | undefined, id?: string) => {
    testMerchant ??= gateways().then((all) => firstMerchant(all, gateway));
    const of = [merchant ?? (await testMerchant), ...(id === undefined ? [] : [id])];
    return `/${gateway}/books/${of.map(encodeURIComponent).join("/")}`;
  };
  return {
    gateways,
    books: async (merchant) => ask<BooksReport>("GET", await booksOf(merchant)),
    payment: async (id, merchant) => ask<PaymentReport>("GET", await booksOf(merchant, id)),
    advance: async (id, ms, merchant) =>
      ask<PaymentReport>("POST", `${await booksOf(merchant, id)}/clock`, { ahead: ms }),
    script: (fault) => ask<FaultReport>("POST", "/faults", { gateway, ...fault }),
    faults: () => ask<FaultReport[]>("GET", "/faults"),
    reached: (id) => ask<FaultReport>("GET", `/faults/${id}/reached`),
    release: (id) => ask<FaultReport>("POST", `/faults/${id}/release`),
    withdraw: (id) => tell("DELETE", `/faults/${id}`),
    journal: (after = 0) => ask<JournalEntry[]>("GET", `/journal?after=${after}`),
    readings: () => ask<ReadingReport[]>("GET", `/${gateway}/readings`),
    setReading: (name, value) => tell("PUT", `/${gateway}/readings/${name}`, { value }),
    addMerchant: (merchant) => tell("POST", `/${gateway}/merchants`, merchant),
    review: (id, decision) => ask<PaymentReport>("POST", `/${gateway}/reviews/${id}`, { decision }),
    token: (card) => ask<IssuedToken>("POST", `/${gateway}/tokens`, { card }),
    notices: {
      list: async () => (await ask<{ notices: NoticeReport[] }>("GET", `/${gateway}/notices`)).notices,
      deliver: (deliver) => tell("PUT", `/${gateway}/notices`, { deliver }),
      send: (id) => ask<NoticeReport>("POST", `/${gateway}/notices/${id}/deliver`),
      forge: (id, forgery) => ask<NoticeReport>("POST", `/${gateway}/notices/${id}/forge`, forgery),
    },
    clock: {
      now: async () => (await ask<{ now: number }>("GET", "/clock")).now,
      set: (now) => tell("PUT", "/clock", { now }),
      advance: (ms) => tell("POST", "/clock/advance", { ms }),
    },
    reset: () => tell("POST", "/reset"),
  };
}

function firstMerchant(gateways: readonly GatewayReport[], name: string): string {
  const merchant = gateways.find((one) => one.name === name)?.merchants[0];
  if (merchant === undefined) throw new Error(`control door: there is no gateway ${name}, or it has no merchant`);
  return merchant;
}

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
    // Both ends are this package: what the door writes is typed where it is made (reports.ts, fault.ts, journal.ts, notices.ts).
    ask: async <T>(method: string, path: string, body?: object): Promise<T> =>
      (await call(method, path, body)).json() as Promise<T>,
    tell: async (method: string, path: string, body?: object): Promise<void> => {
      await (await call(method, path, body)).arrayBuffer();
    },
  };
}
