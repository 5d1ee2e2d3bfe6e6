import type { References } from "../../hold/index.ts";

/** What is kept of Paygate's names. Of the hold: `payment` (the payId, one for life). Of an entry: `id` (its own xId). */
export interface Named {
  readonly hold?: References;
  readonly entry?: References;
}

const ID = /^[A-Za-z0-9-]{1,64}$/;
const LETTERS = "abcdefghkmnpqrst";

/**
 * Our own transId for one operation: letters alone, two a byte, so that acquirers with narrow formats take it and no
 * run of digits in it can be taken for a card's number. API reference: at most 64 characters, unique for each request.
 */
export function makeReference(random: Uint8Array): string {
  return Array.from(random, (byte) => `${LETTERS[byte >> 4]}${LETTERS[byte & 15]}`)
    .join("")
    .slice(0, 64);
}

/** The reference number that travels to the acquirer: letters of our own, never a word that somebody typed. */
export function refNrOf(reference: string, length: number): { refNr?: string } {
  const letters = reference.replace(/[^A-Za-z0-9]/gu, "").slice(0, length);
  return letters === "" ? {} : { refNr: letters };
}

export function namesIn({ payId, xId }: { payId?: string | undefined; xId?: string | undefined }): Named {
  return {
    ...(isId(payId) ? { hold: { payment: payId } } : {}),
    ...(isId(xId) ? { entry: { id: xId } } : {}),
  };
}

/** The id that a payment goes by; throws where the hold was never given one: nothing can be asked about it then. */
export function paymentId(references: References): string {
  const id = references["payment"];
  if (!isId(id)) throw new Error("this hold has no payId");
  return id;
}

export function isId(id: string | undefined): id is string {
  return id !== undefined && ID.test(id);
}
