import { delta } from "@plimsoll/shared";
import { z } from "zod";
import type { Outcome } from "../../../hold/index.ts";
import { capabilitiesFrom } from "../../capability-rows.ts";
import type { AccountParts } from "../../parts.ts";
import { PAYMENT_TOKEN, type Gateway, type Order, type Written } from "../../port.ts";
import { createSmallDoor, readJson, refusedBy, sendWritten, smallSettings, unknown } from "../small-door.ts";
import { rows } from "./capabilities.ts";
import { readNotices } from "./read-notices.ts";

const settingsSchema = smallSettings.extend({ noticesKey: z.string().min(16) });
const MINUTE = 60_000;
/** A verdict that has not come by then is in doubt. */
const VERDICT_WITHIN = 15 * MINUTE;

/** A gateway that answers "received": what came of a change is told by a signed notice and nowhere else. */
export function connectNotices(
  given: Readonly<Record<string, unknown>>,
  { send, clock, noticesUrl }: AccountParts,
): Gateway {
  const settings = settingsSchema.parse(given);
  const door = createSmallDoor(settings, send);
  return {
    name: "notices",
    payee: "plimsoll_test",
    means: ["token"],
    capabilities: (asker) => capabilitiesFrom(rows, asker),
    reference: (random) => Buffer.from(random).toString("hex"),
    write: (order) => write(order, noticesUrl),
    ask: (attempt) => sendWritten(door, attempt, (answer) => outcomeOf(answer, attempt.order, clock.now())),
    find: async () => unknown("nothing can be looked up"),
    read: async () => ({ is: "cannot", cause: "nothing can be read" }),
    notices: async (body, headers) => readNotices(body, headers, settings.noticesKey),
  };
}

function write({ kind, payment, delta: step, reference }: Order, notify: string): Written {
  const id = payment.references["payment"] ?? "";
  const written = (path: string, body: object): Written => ({
    dialect: "notices-1",
    method: "POST",
    path,
    body: JSON.stringify({ ...body, reference }),
  });
  switch (kind) {
    case "authorize":
      return written("/payments", { amount: step, currency: payment.currency, token: PAYMENT_TOKEN, notify });
    case "increment":
      return written(`/payments/${id}/changes`, { add: step });
    case "capture":
      return written(`/payments/${id}/captures`, { amount: step });
    case "reverse":
      return written(`/payments/${id}/cancels`, {});
    case "extend":
      throw new Error("this gateway prolongs nothing");
  }
}

const authorisedSchema = z.object({
  id: z.string().min(1),
  state: z.enum(["authorised", "refused"]),
  amount: z.int().nonnegative(),
  currency: z.string(),
  reason: z.string().nullable(),
});

const receivedSchema = z.object({
  id: z.string().min(1),
  payment: z.string(),
  state: z.literal("received"),
  currency: z.string(),
});

function outcomeOf(answer: { readonly status: number; readonly body: string }, order: Order, now: number): Outcome {
  if (answer.status !== 201) return refusedBy(answer);
  return order.kind === "authorize" ? authorised(answer.body, order) : received(answer.body, order, now);
}

function authorised(body: string, { payment }: Order): Outcome {
  const said = readJson(authorisedSchema, body);
  if (!said) return unknown("unreadable_answer");
  if (said.currency !== payment.currency) return unknown("currency_disagrees");
  const references = { hold: { payment: said.id } };
  if (said.state === "refused")
    return { is: "declined", code: said.reason ?? "refused", networkCode: null, advice: null, references };
  return { is: "approved", grade: "own_amount", applied: delta(said.amount), total: null, references };
}

function received(body: string, { payment }: Order, now: number): Outcome {
  const said = readJson(receivedSchema, body);
  if (!said) return unknown("unreadable_answer");
  if (said.currency !== payment.currency || said.payment !== payment.references["payment"])
    return unknown("answer_to_another_request");
  const references = { entry: { id: said.id } };
  return { is: "waiting", on: "notice", until: now + VERDICT_WITHIN, references };
}
