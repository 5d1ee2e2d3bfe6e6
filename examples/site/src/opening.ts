import { z } from "zod";
import type { Hold, Plimsoll } from "./plimsoll.ts";
import type { Visit } from "./visits.ts";

/** What a page posts; each route reads from it what it needs. */
export type Body = Readonly<Record<string, unknown>>;

/** What the gateway's card field gives to the page: a token for one payment, and what to print. Never the number. */
const fromCardField = z.object({
  token: z.string().min(1),
  card: z.object({
    network: z.enum(["visa", "mastercard", "amex", "discover", "diners", "jcb", "unionpay", "other"]),
    last4: z.string().regex(/^\d{4}$/),
  }),
});

/**
 * How the payer pays, for `open`: with the card field's token, or on the gateway's own page, from which they come
 * back to `back`.
 */
export function payment({ gateway }: Visit, body: Body, back: string) {
  const { account } = gateway;
  if (body["page"] === true) return { account, payment: { page: { done: back, cancelled: back } } };
  const { token, card } = fromCardField.parse(body);
  return { account, card, payment: { token } };
}

/** Keeps the hold, unless nothing is on it; says what the page shows or where it sends the payer. */
export function opened(visit: Visit, hold: Hold) {
  if (!isNothing(hold)) visit.hold = hold.id;
  return { lifecycle: hold.lifecycle, goTo: hold.action?.url ?? null };
}

/** The visit's hold as it stands; null where there is none. One that came to nothing makes room for another card. */
export async function look(plimsoll: Plimsoll, visit: Visit): Promise<Hold | null> {
  if (visit.hold === null) return null;
  const { hold } = await plimsoll.hold.query({ hold: visit.hold });
  if (!isNothing(hold)) return hold;
  visit.hold = null;
  return null;
}

/** The visit's hold, for a step that needs one. */
export async function holdOf(plimsoll: Plimsoll, visit: Visit): Promise<Hold> {
  const hold = await look(plimsoll, visit);
  if (!hold) throw new Error("Nothing is on hold yet.");
  return hold;
}

function isNothing({ lifecycle }: Hold): boolean {
  return lifecycle === "declined" || lifecycle === "failed";
}
