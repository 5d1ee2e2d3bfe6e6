import type { Outcome } from "../../hold/index.ts";
import { PAYMENT_TOKEN, type Attempt, type Gateway } from "../port.ts";
import { outcomeOf } from "./answers.ts";
import { capabilitiesOf } from "./capabilities.ts";
import { createDoor, type CyberSourceDeps, type Door } from "./door.ts";
import { find } from "./find.ts";
import { list } from "./list.ts";
import { read } from "./read.ts";
import { makeReference } from "./references.ts";
import type { CyberSourceSettings } from "./settings.ts";
import { undo } from "./undo.ts";
import { write } from "./write.ts";

/** One CyberSource account behind the gateway port. Nothing here throws but `write`, on an order that no capability allows. */
export function createCyberSource(settings: CyberSourceSettings, deps: CyberSourceDeps): Gateway {
  const door = createDoor(settings, deps);
  return {
    name: "cybersource",
    payee: settings.merchantId,
    means: ["token", "customer", "instrument"],
    capabilities: (asker) => capabilitiesOf(asker, settings),
    reference: makeReference,
    write: (order) => write(order, settings),
    ask: (attempt) => ask(door, attempt, settings),
    find: (order, signal) => find(door, order, settings, deps.now, signal),
    read: (payment, signal) => read(door, payment, deps.now(), signal),
    list: (from, until, signal) => list(door, settings, { from, until }, signal),
    undo: (order, signal) => undo(door, order, settings, signal),
  };
}

/** A transient token is a JWT: nothing in it needs escaping in JSON, and anything else is not sent. */
const TOKEN = /^[\w-]+(?:\.[\w-]+){1,4}$/;

async function ask(
  door: Door,
  { order, written, number, token, signal }: Attempt,
  settings: CyberSourceSettings,
): Promise<Outcome> {
  const { method, path } = written;
  if (method !== "POST" && method !== "PATCH") return neverSent("not_a_request_of_ours");
  const wantsToken = written.body.includes(PAYMENT_TOKEN);
  if (wantsToken && (token === null || !TOKEN.test(token))) return neverSent("no_payment_token");
  const body = wantsToken && token !== null ? written.body.replace(PAYMENT_TOKEN, () => token) : written.body;
  return outcomeOf(await door(method, path, body, signal), order, number, settings);
}

function neverSent(cause: string): Outcome {
  return { is: "rejected", cause: `not_sent: ${cause}`, again: "never" };
}
