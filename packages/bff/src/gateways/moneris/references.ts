import type { OperationKind, References } from "../../hold/index.ts";
import type { Order } from "../port.ts";
import type { PaymentAnswer } from "./wire.ts";

/**
 * What is kept of Moneris' names. Of the hold: `payment` (its one id, for life) and `listed` (how many entries
 * `incrementalAuthorizations` had after the last step that went through: an extension shows in nothing else). Of an
 * entry: `transaction` (the host's own) and `approvalCode`.
 */
export interface Named {
  readonly hold: References;
  readonly entry: References;
}

/** OpenAPI 2.6.1, paymentId. */
const ID = /^[A-Za-z]{2}\d{2}[A-Za-z0-9]{26}$/;

/**
 * Our own reference for one operation: letters alone, two a byte, so that no run of digits in it can be taken for a
 * card's number. OpenAPI 2.6.1: an `orderId` has up to 50 letters, digits, dashes and underscores.
 */
export function makeReference(random: Uint8Array): string {
  return Array.from(random, (byte) => `${LETTERS[byte >> 4]}${LETTERS[byte & 15]}`)
    .join("")
    .slice(0, 50);
}

const LETTERS = "abcdefghkmnpqrst";

/** OpenAPI 2.6.1, invoiceNumber: up to 17, unique. So much of our reference is still 68 random bits. */
export function invoiceNumber(reference: string): string {
  return reference.slice(0, 17);
}

/** The id that a payment goes by; throws where the hold was never given one: nothing can be asked about it then. */
export function paymentId(references: References): string {
  const id = references["payment"];
  if (!isId(id)) throw new Error("this hold has no Moneris payment id");
  return id;
}

export function isId(id: string | undefined): id is string {
  return id !== undefined && ID.test(id);
}

/** What a payment that was read is called. A read lists all. */
export function namesOfRead(answer: PaymentAnswer): Named {
  return named(answer, listedIn(answer));
}

/** What a step's own answer calls things. */
export function namesOfStep(answer: PaymentAnswer, { kind, payment }: Pick<Order, "kind" | "payment">): Named {
  return named(answer, kind === "authorize" ? listedIn(answer) : listedAfter(answer, kind, payment.references));
}

/**
 * OpenAPI 2.6.1, incrementalAuthorizations: "all previous", so an increment's own answer may or may not have it. For
 * one of nothing the guide shows no answer: one that doesn't have it may not be listed at all.
 */
function listedAfter(answer: PaymentAnswer, kind: OperationKind, references: References): number | null {
  const before = listedBefore(references);
  const listed = listedIn(answer);
  if (before === null || listed === null) return null;
  return listed === before + 1 || (kind === "increment" && listed === before) ? before + 1 : null;
}

function named({ paymentId: payment, transactionDetails: details }: PaymentAnswer, listed: number | null): Named {
  return {
    hold: filled({ payment: isId(payment) ? payment : undefined, listed: listed === null ? UNTOLD : String(listed) }),
    entry: filled({ transaction: details?.transactionUniqueId, approvalCode: details?.authorizationCode }),
  };
}

/** Stands for "not told": what an earlier answer told is no longer true. */
const UNTOLD = "untold";

/** How many increments, extensions among them, the gateway lists; null where it doesn't tell. A fresh payment has none. */
export function listedIn({ incrementalAuthorizations: list, paymentStatus }: PaymentAnswer): number | null {
  return list?.length ?? (paymentStatus === "AUTHORIZED" ? 0 : null);
}

/** How many were listed after the last step that is known to have gone through. */
export function listedBefore(references: References): number | null {
  const listed = references["listed"];
  return listed !== undefined && /^\d{1,6}$/.test(listed) ? Number(listed) : null;
}

/** Without what was not named. Names are short by their nature: what isn't is not kept. */
function filled(names: Readonly<Record<string, string | undefined>>): References {
  const kept = Object.entries(names).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && entry[1].length > 0 && entry[1].length <= 128,
  );
  return Object.fromEntries(kept);
}
