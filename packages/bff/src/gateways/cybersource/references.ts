import type { References } from "../../hold/index.ts";
import type { PaymentAnswer, TransactionRecord } from "./wire.ts";

/**
 * What is kept of CyberSource's names. Of the hold: `payment` (the id of the original authorization, which every
 * later step is about), `network` (the network's transaction id), `capture` and `reversal` (the paths that the last
 * answer linked). Of an entry: `id` (its own, which may be the payment's), `approvalCode`, `reconciliationId`.
 */
export interface Named {
  readonly hold?: References;
  readonly entry?: References;
}

const ID = /^\d{1,32}$/;
const LINK = /^\/pts\/v2\/payments\/(\d{1,32})\/(captures|reversals)$/;

/**
 * Our own reference for one operation: letters alone, two a byte, so that it can stand in a search unquoted (`find.ts`)
 * and no run of digits in it can be taken for a card's number. CyberSource takes 50 characters.
 */
export function makeReference(random: Uint8Array): string {
  return Array.from(random, (byte) => `${LETTERS[byte >> 4]}${LETTERS[byte & 15]}`)
    .join("")
    .slice(0, 50);
}

const LETTERS = "abcdefghkmnpqrst";

/** REST SDK: "id … same as the original's" on increments; the flexible scenario's page shows a new one. Both are kept. */
export function namesOfAnswer(answer: PaymentAnswer, host: string, payment: string | null): Named {
  const { id, reconciliationId, processorInformation: processor, _links: links } = answer;
  const own = isId(id) ? id : undefined;
  const original = payment ?? own;
  const known = new Set([original, own]);
  const hold = filled({
    payment: original,
    network: processor?.networkTransactionId ?? processor?.transactionId,
    capture: linked(links?.capture?.href, "captures", host, known),
    reversal: linked(links?.authReversal?.href, "reversals", host, known),
  });
  return { hold, entry: filled({ id: own, approvalCode: processor?.approvalCode, reconciliationId }) };
}

/** What a step that is not an authorization is called: its own id, and nothing of the hold. */
export function namesOfStep({ id, reconciliationId }: Pick<PaymentAnswer, "id" | "reconciliationId">): Named {
  return { entry: filled({ id: isId(id) ? id : undefined, reconciliationId }) };
}

export function namesOfRecord(record: TransactionRecord, isFirst: boolean): Named {
  const { id, reconciliationId, processorInformation: processor } = record;
  const own = isId(id) ? id : undefined;
  const network = processor?.networkTransactionId ?? processor?.transactionId;
  const hold = isFirst ? { hold: filled({ payment: own, network }) } : {};
  return { ...hold, entry: filled({ id: own, approvalCode: processor?.approvalCode, reconciliationId }) };
}

/** The id that a payment goes by; throws where the hold was never given one: nothing can be asked about it then. */
export function paymentId(references: References): string {
  const id = references["payment"];
  if (!isId(id)) throw new Error("this hold has no CyberSource payment id");
  return id;
}

export function isId(id: string | undefined): id is string {
  return id !== undefined && ID.test(id);
}

/** The path to capture or reverse by: the one that was linked, else the original id's. */
export function followUpPath(references: References, kind: "captures" | "reversals"): string {
  const path = references[kind === "captures" ? "capture" : "reversal"];
  return path !== undefined && LINK.exec(path)?.[2] === kind
    ? path
    : `/pts/v2/payments/${paymentId(references)}/${kind}`;
}

/** A link leads only to this gateway and only to a payment that this answer is about: an answer can't send money elsewhere. */
function linked(
  href: string | undefined,
  kind: "captures" | "reversals",
  host: string,
  known: ReadonlySet<string | undefined>,
): string | undefined {
  if (href === undefined || !URL.canParse(href, host)) return undefined;
  const { origin, pathname, search } = new URL(href, host);
  const found = LINK.exec(pathname);
  const ours = origin === host && search === "" && found?.[2] === kind && known.has(found[1]);
  return ours ? pathname : undefined;
}

/** Without what was not named. Names are short by their nature: what isn't is not kept. */
function filled(names: Readonly<Record<string, string | undefined>>): References {
  const kept = Object.entries(names).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && entry[1].length > 0 && entry[1].length <= 128,
  );
  return Object.fromEntries(kept);
}
