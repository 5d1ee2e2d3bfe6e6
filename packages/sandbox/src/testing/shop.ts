import { sandboxControl } from "../control/client.ts";
import type { SandboxControl } from "../control/client.ts";
import { startSandbox } from "../server.ts";
import type { SandboxOptions } from "../server.ts";
import type { Credentials, Signer } from "./signer.ts";
import { httpSignature } from "./signer.ts";

export const testCredentials: Credentials = {
  mid: "plimsoll_test",
  keyId: "08c94330-f618-42a3-b09d-e1e43be5efda",
  secret: "aW5jcmVtZW50YWwtYXV0aC10ZXN0LXNlY3JldC0zMmI=",
};

/** The instant at which every test starts. */
export const NOON = Date.parse("2026-11-21T12:00:00Z");

// oxlint-disable-next-line typescript/no-explicit-any -- a test reads an answer as it came, path by path
export type Body = any;

export interface Heard {
  readonly status: number;
  readonly text: string;
  readonly body: Body;
}

export interface Shop {
  readonly url: string;
  readonly control: SandboxControl;
  send(method: string, target: string, body?: object, as?: Partial<Speaking>): Promise<Heard>;
  authorize(amount: string, more?: object): Promise<Heard>;
  add(id: string, amountDetails: object, more?: object): Promise<Heard>;
  capture(id: string, totalAmount: string, more?: object): Promise<Heard>;
  reverse(id: string, totalAmount: string): Promise<Heard>;
  search(query: string): Promise<Heard>;
  close(): Promise<void>;
}

export interface Speaking {
  readonly signer: Signer;
  readonly credentials: Credentials;
  readonly headers: Record<string, string>;
  /** What is sent in place of the body that was signed. */
  readonly sentBody: string;
  /** The caller hangs up. */
  readonly signal: AbortSignal;
}

/** A merchant's server that speaks to a sandbox of its own, with real signatures over real HTTP. */
export async function openShop(options: SandboxOptions = {}): Promise<Shop> {
  const sandbox = await startSandbox({ clock: { now: () => NOON }, ...options });
  const { url } = sandbox.cybersource;
  const send = (method: string, target: string, body?: object, as: Partial<Speaking> = {}) =>
    speak(url, method, target, body, as);
  const usd = (totalAmount: string) => ({ totalAmount, currency: "USD" });
  return {
    url,
    control: sandboxControl(sandbox.control.url),
    send,
    authorize: (amount, more = {}) =>
      send("POST", "/pts/v2/payments", { ...payment, orderInformation: { amountDetails: usd(amount) }, ...more }),
    add: (id, amountDetails, more = {}) =>
      send("PATCH", `/pts/v2/payments/${id}`, {
        clientReferenceInformation: { code: crypto.randomUUID() },
        orderInformation: { amountDetails: { currency: "USD", ...amountDetails } },
        ...more,
      }),
    capture: (id, totalAmount, more = {}) =>
      send("POST", `/pts/v2/payments/${id}/captures`, {
        orderInformation: { amountDetails: usd(totalAmount) },
        ...more,
      }),
    reverse: (id, totalAmount) =>
      send("POST", `/pts/v2/payments/${id}/reversals`, {
        reversalInformation: { amountDetails: usd(totalAmount), reason: "test" },
      }),
    search: (query) => send("POST", "/tss/v2/searches", { query }),
    close: () => sandbox.close(),
  };
}

const payment = {
  processingInformation: { capture: false, authorizationOptions: { authIndicator: "0" } },
  paymentInformation: { card: { number: "4111111111111111", expirationMonth: "12", expirationYear: "2031" } },
};

async function speak(
  url: string,
  method: string,
  target: string,
  body: object | undefined,
  as: Partial<Speaking>,
): Promise<Heard> {
  const text = body === undefined ? undefined : JSON.stringify(body);
  const sign = as.signer ?? httpSignature;
  const signed = sign(
    { method, host: new URL(url).host, target, body: text, now: NOON },
    as.credentials ?? testCredentials,
  );
  const response = await fetch(`${url}${target}`, {
    method,
    headers: { "content-type": "application/json", ...signed, ...as.headers },
    ...(as.signal === undefined ? {} : { signal: as.signal }),
    ...(text === undefined ? {} : { body: as.sentBody ?? text }),
  });
  const heard = await response.text();
  return { status: response.status, text: heard, body: parsed(heard) };
}

function parsed(text: string): Body {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
