import type { Outcome } from "../../hold/index.ts";
import { PAYMENT_TOKEN, type Attempt, type Gateway } from "../port.ts";
import { outcomeOf } from "./answers.ts";
import { capabilitiesOf } from "./capabilities.ts";
import { createDoor, type Door, type MonerisDeps } from "./door.ts";
import { find } from "./find.ts";
import { list } from "./list.ts";
import { read } from "./read.ts";
import { makeReference } from "./references.ts";
import type { MonerisSettings } from "./settings.ts";
import { versionOf, write } from "./write.ts";

/** One Moneris account behind the gateway port. Nothing here throws but `write`, on an order that no capability allows. */
export function createMoneris(settings: MonerisSettings, deps: MonerisDeps): Gateway {
  const door = createDoor(settings, deps);
  return {
    name: "moneris",
    payee: settings.merchantId,
    // A payment names its means of payment: a customer alone is none (OpenAPI 2.6.1, createPaymentRequest).
    means: ["token", "instrument"],
    capabilities: (asker) => capabilitiesOf(asker, settings),
    reference: makeReference,
    write: (order) => write(order, settings),
    ask: (attempt) => ask(door, attempt, settings),
    find: (order, signal) => find(door, order, settings, deps.now(), signal),
    read: (payment, signal) => read(door, payment, settings, deps.now(), signal),
    list: (from, until, signal) => list(door, settings, { from, until }, signal),
  };
}

/** OpenAPI 2.6.1, temporaryToken: 25 to 28 characters. Nothing in such a one needs escaping in JSON; anything else is not sent. */
const TOKEN = /^[\w-]{1,64}$/;

async function ask(
  door: Door,
  { order, written, number, token, signal }: Attempt,
  settings: MonerisSettings,
): Promise<Outcome> {
  const { method, path } = written;
  if (method !== "POST") return neverSent("not_a_request_of_ours");
  const wantsToken = written.body.includes(PAYMENT_TOKEN);
  if (wantsToken && (token === null || !TOKEN.test(token))) return neverSent("no_payment_token");
  const body = wantsToken && token !== null ? written.body.replace(PAYMENT_TOKEN, () => token) : written.body;
  const result = await door({ method, path, body, version: versionOf(written, settings) }, signal);
  return outcomeOf(result, order, number, settings);
}

function neverSent(cause: string): Outcome {
  return { is: "rejected", cause: `not_sent: ${cause}`, again: "never" };
}
