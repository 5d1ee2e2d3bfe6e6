import { randomUUID } from "node:crypto";
import type { PaymentReport } from "../../control/reports.ts";
import type { Imitation } from "../../testing/imitation.ts";
import { startImitation } from "../../testing/imitation.ts";
import { createComputop } from "../computop.ts";

/** The instant at which every test starts. */
export const NOON = Date.parse("2026-11-21T12:00:00Z");
export const MERCHANT = "plimsoll_test";
export const BASIC = basic(MERCHANT, "sandbox-paygate-api-key");

// oxlint-disable-next-line typescript/no-explicit-any -- a test reads an answer as it came, path by path
export type Body = any;

export interface Heard {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly body: Body;
}

/** A merchant's server that speaks to a Paygate of its own over real HTTP. */
export interface MerchantServer extends Imitation {
  send(method: string, path: string, body?: object, headers?: Record<string, string>): Promise<Heard>;
  /** POST /payments with the token of a test card, MANUAL. */
  authorize(value: number, more?: object, card?: string): Promise<Heard>;
  session(value: number, more?: object): Promise<Heard>;
  add(payId: string, value: number, more?: object, headers?: Record<string, string>): Promise<Heard>;
  capture(payId: string, value: number, more?: object): Promise<Heard>;
  reverse(payId: string, value: number, more?: object): Promise<Heard>;
  look(payId: string): Promise<Heard>;
  find(transId: string): Promise<Heard>;
  /** What the payer's browser does on the hosted page. */
  onPage(href: string, form: Record<string, string>): Promise<Heard>;
  payment(payId: string): PaymentReport;
  sums(currency?: string): unknown;
  set(reading: string, value: string): void;
  /** Lets time pass for everything. */
  pass(ms: number): void;
  /** The time and all else as at the start. */
  startAgain(): void;
}

const eur = (value: number) => ({ value, currency: "EUR" });
const urls = {
  return: "https://shop.example/done?order=7",
  cancel: "https://shop.example/basket",
  webhook: "http://127.0.0.1:9/notify",
};

export async function openMerchantServer(): Promise<MerchantServer> {
  let now = NOON;
  const imitation = await startImitation(createComputop, { clock: { now: () => now } });
  const { gateway } = imitation;
  const send: MerchantServer["send"] = (method, path, body, headers = { authorization: BASIC }) =>
    speak(`${imitation.url}/api/v2${path}`, method, body, headers);
  const post = (path: string, value: number, more: object, headers = {}) =>
    send("POST", path, { transId: randomUUID(), amount: eur(value), ...more }, { authorization: BASIC, ...headers });
  return {
    ...imitation,
    send,
    authorize: async (value, more = {}, card = "visa") => {
      const issued = await gateway.token(card);
      const paymentMethods = { integrationType: "DIRECT", type: "CARD", card: { number: issued?.token } };
      return post("/payments", value, { captureMethod: { type: "MANUAL" }, paymentMethods, ...more });
    },
    session: (value, more = {}) =>
      post("/payments/sessions", value, { captureMethod: { type: "MANUAL" }, urls, ...more }),
    add: (payId, value, more = {}, headers = {}) => post(`/payments/${payId}/incrementals`, value, more, headers),
    capture: (payId, value, more = {}) => post(`/payments/${payId}/captures`, value, more),
    reverse: (payId, value, more = {}) => post(`/payments/${payId}/reversals`, value, more),
    look: (payId) => send("GET", `/payments/getByPayId/${payId}`),
    find: (transId) => send("GET", `/payments/getByTransId/${transId}`),
    onPage: (href, form) => speakForm(href, form),
    payment: (payId) => {
      const payment = gateway.payment(MERCHANT, payId);
      if (payment === undefined) throw new Error(`the books have no ${payId}`);
      return payment;
    },
    sums: (currency = "EUR") => gateway.books(MERCHANT)?.sums[currency],
    set: (reading, value) => gateway.readings.set(reading, value),
    pass: (ms) => {
      now += ms;
    },
    startAgain: () => {
      now = NOON;
      imitation.reset();
    },
  };
}

export function basic(merchantId: string, apiKey: string): string {
  return `Basic ${Buffer.from(`${merchantId}:${apiKey}`).toString("base64")}`;
}

function speak(url: string, method: string, body: object | undefined, headers: Record<string, string>): Promise<Heard> {
  const text = body === undefined ? {} : { body: JSON.stringify(body) };
  return heard(url, { method, headers: { "content-type": "application/json", ...headers }, ...text });
}

/** A form as a browser sends it; where it is sent to next stands in `location`. */
export function speakForm(url: string, form: Record<string, string>, headers: Record<string, string> = {}) {
  return heard(url, { method: "POST", body: new URLSearchParams(form), headers });
}

async function heard(url: string, init: RequestInit): Promise<Heard> {
  const response = await fetch(url, { ...init, redirect: "manual" });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, body: parsed(text) };
}

function parsed(text: string): Body {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
