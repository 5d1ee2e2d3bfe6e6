import { holdsCardNumber } from "@plimsoll/shared";
import type { Outcome } from "../../hold/index.ts";
import { PAYMENT_TOKEN, type Attempt, type Gateway } from "../port.ts";
import { outcomeOf } from "./answers.ts";
import { capabilitiesOf } from "./capabilities.ts";
import { createDoor, type ComputopDeps, type Door } from "./door.ts";
import { find } from "./find.ts";
import { noticesIn } from "./notices.ts";
import { read } from "./read.ts";
import { makeReference } from "./references.ts";
import type { ComputopSettings } from "./settings.ts";
import { meansOf, write } from "./write.ts";

/** One account at a Computop Paygate behind the gateway port. Nothing here throws but `write`, on an order that no capability allows. */
export function createComputop(settings: ComputopSettings, { noticesUrl, ...deps }: ComputopDeps): Gateway {
  const door = createDoor(settings, deps);
  const { now } = deps;
  return {
    name: "computop",
    payee: settings.merchantId,
    means: meansOf(settings),
    capabilities: (asker) => capabilitiesOf(asker, settings),
    reference: makeReference,
    write: (order) => write(order, settings, noticesUrl),
    ask: (attempt) => ask(door, attempt, settings),
    find: (order, signal) => find(door, order, settings, now, signal),
    read: (payment, signal) => read(door, payment, settings, now(), signal),
    notices: noticesIn,
  };
}

/** A pseudo card number is digits, other houses have other tokens: nothing in them needs escaping in JSON. */
const TOKEN = /^[\w-]{8,128}$/;

async function ask(
  door: Door,
  { order, written, number, token, signal }: Attempt,
  settings: ComputopSettings,
): Promise<Outcome> {
  if (written.method !== "POST") return neverSent("not_a_request_of_ours");
  const wantsToken = written.body.includes(PAYMENT_TOKEN);
  if (wantsToken && (token === null || !TOKEN.test(token))) return neverSent("no_payment_token");
  if (wantsToken && token !== null && holdsCardNumber(token)) return neverSent("card_number");
  const body = wantsToken && token !== null ? written.body.replace(PAYMENT_TOKEN, () => token) : written.body;
  return outcomeOf(await door.post(written.path, body, order.key, signal), order, number, settings);
}

function neverSent(cause: string): Outcome {
  return { is: "rejected", cause: `not_sent: ${cause}`, again: "never" };
}
