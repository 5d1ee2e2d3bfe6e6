import type { Bank } from "../bank.ts";
import { claimTransId } from "../bank.ts";
import { hexLetters } from "../../random.ts";
import type { Worked } from "../idempotency.ts";
import { definedOnly, refuseParameter } from "../response-codes.ts";
import type { SessionRequest } from "../wire.ts";
import { parseWire, sessionSchema } from "../wire.ts";
import { openWaiting } from "./authorize.ts";
import type { Asked } from "./operation.ts";
import { brokenAnswer, nothingWorked, scriptedEnd } from "./operation.ts";

/** POST /payments/sessions. Source: Computop Paygate API 2.0.0, "Create checkout session". */
export function createSession(asked: Asked, bank: Bank): Worked {
  const request = parseWire(sessionSchema, asked.body, bank.readings);
  return openSession(asked, { ...request, preAuthorizes: false }, bank);
}

const LIVES_MS = { "30min": 30 * 60_000, "24h": 24 * 60 * 60_000 };

/** Opens a payment that waits for its payer, and answers with the address of its page. */
export function openSession(
  { merchant, outcome, origin }: Asked,
  request: SessionRequest & { readonly preAuthorizes: boolean },
  bank: Bank,
): Worked {
  const { readings, clock, random } = bank;
  const now = clock.now();
  const { expirationTime } = request;
  const until = expirationTime === undefined ? now + LIVES_MS[readings.get("sessionLife")] : Date.parse(expirationTime);
  if (until <= now) throw refuseParameter("invalid", "expirationTime");
  claimTransId(merchant, request.transId, true, bank);
  const end = scriptedEnd(outcome);
  if (end === "not applied") return nothingWorked;
  const page = hexLetters(random, 32).toLowerCase();
  const { preAuthorizes, urls } = request;
  const session = { page, amount: request.amount.value, until, ended: null };
  const payment = openWaiting(merchant, request, { session, preAuthorizes, urls }, bank);
  const links = { redirect: { href: `${origin}/pay/${page}`, type: "text/html" } };
  const body = definedOnly({
    payId: readings.get("sessionAnswer") === "pay-id" ? payment.id : undefined,
    [readings.get("linksKey")]: links,
  });
  const truth = { status: 200, body };
  return end === "applied" ? { answer: brokenAnswer, behind: truth } : { answer: truth };
}
