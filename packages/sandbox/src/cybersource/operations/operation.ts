import type { Clock } from "../../clock.ts";
import type { Json, JsonObject, Operation } from "../../control/fault.ts";
import type { Answer } from "../../control/journal.ts";
import type { Random } from "../../random.ts";
import { digits } from "../../random.ts";
import { refuse, refuseField } from "../answers.ts";
import type { Movement } from "../../books/payment.ts";
import type { AcceptedReferences } from "../accepted-references.ts";
import type { Merchant } from "../merchants.ts";
import type { Outcome } from "../outcomes.ts";
import type { CybersourceLedger, CybersourcePayment } from "../payments.ts";
import type { CybersourceReadings } from "../readings.ts";
import type { TransientTokens } from "../tokens/transient-tokens.ts";
import type { Reference } from "../wire.ts";

/** What an operation works with: the bank behind the wire. */
export interface Bank {
  readonly ledger: CybersourceLedger;
  readonly accepted: AcceptedReferences;
  readonly readings: CybersourceReadings;
  readonly clock: Clock;
  readonly random: Random;
  readonly tokens: TransientTokens;
}

export interface Asked {
  readonly merchant: Merchant;
  /** From the path; empty where the path has none. */
  readonly id: string;
  readonly body: Json;
  /** Asked for by a script; without it amount and card decide. */
  readonly outcome: Outcome | undefined;
}

export type Handler = (asked: Asked, bank: Bank) => Promise<Answer> | Answer;

/** CyberSource ids are 22 digits. */
export function newId(random: Random): string {
  return `7${digits(random, 21)}`;
}

/** Fifteen minutes: CyberSource response codes, DUPLICATE_REQUEST. */
const DUPLICATE_WINDOW_MS = 15 * 60_000;

/** @throws WireRefusal when this reference was used a moment ago; otherwise remembers it */
export function claimReference(operation: Operation, code: string | undefined, mid: string, bank: Bank): void {
  const reading = bank.readings.get("duplicateCheck");
  if (code === undefined || reading === "off") return;
  const at = bank.clock.now();
  const seen = bank.accepted
    .of(mid, code)
    .some((one) => at - one.at < DUPLICATE_WINDOW_MS && (reading === "any-operation" || one.operation === operation));
  if (seen)
    throw refuse("DUPLICATE_REQUEST", "Declined - The reference matches one that was sent in the last 15 minutes.");
  bank.accepted.add({ mid, operation, code, at });
}

/**
 * The payment that a path names. Follow-ups go to the original's id ("the transaction ID returned in the original
 * authorization response"); an increment's own id does only under the reading that gives it links of its own.
 */
export function paymentAt({ merchant, id }: Asked, { ledger, readings }: Bank): CybersourcePayment | undefined {
  const payment = ledger.byId(merchant.mid, id);
  return payment?.id === id || readings.get("incrementId") === "new-with-own-links" ? payment : undefined;
}

/** @throws WireRefusal when the request is in another currency than the authorization */
export function sameCurrency(payment: CybersourcePayment, currency: string, field: string): void {
  if (payment.currency !== currency) throw refuseField(field);
}

/** `code` and `transactionId` as the books keep them. */
export function referencesOf(reference: Reference | undefined): Pick<Movement, "references"> {
  const { code, transactionId } = reference ?? {};
  return {
    references: {
      ...(code === undefined ? {} : { code }),
      ...(transactionId === undefined ? {} : { transactionId }),
    },
  };
}

/** REST SDK, PtsV2PaymentsPost201ResponseClientReferenceInformation: the transactionId is not repeated. */
export function echoReference(reference: Reference | undefined): JsonObject {
  if (reference === undefined) return {};
  const { comments, code, partner } = reference;
  const echoed: JsonObject = {};
  if (comments !== undefined) echoed["comments"] = comments;
  if (code !== undefined) echoed["code"] = code;
  if (partner !== undefined) echoed["partner"] = definedOnly(partner);
  return { clientReferenceInformation: echoed };
}

function definedOnly(fields: Readonly<Record<string, string | undefined>>): JsonObject {
  const defined: JsonObject = {};
  for (const [name, value] of Object.entries(fields)) if (value !== undefined) defined[name] = value;
  return defined;
}
