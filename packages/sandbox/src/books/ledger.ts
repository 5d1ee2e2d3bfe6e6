import type { Clock } from "../clock.ts";
import type { Movement, Payment } from "./payment.ts";
import { EXPIRED, sumsOf } from "./payment.ts";

/** What an operation writes; the ledger adds when, where and the running total. */
export type Posting = Pick<Movement, "id" | "kind" | "amount" | "applied" | "status"> &
  Partial<Pick<Movement, "reason" | "references" | "closes" | "undoes">>;

/** A payment as it is opened. */
export type Opening<Facts extends object> = Omit<Payment<Facts>, "movements" | "ahead" | "references"> &
  Partial<Pick<Payment, "references">>;

/** An imitated gateway's memory: all payments of all merchants. Whoever looks sees first what time has brought. */
export interface Ledger<Facts extends object> {
  /** Without a posting the payment waits: for its payer, or for a verdict that comes later. */
  open(payment: Opening<Facts>, posting?: Posting): Payment<Facts>;
  /** What the operation found (`payment`) may be older than the books; the books decide. */
  post(payment: Payment<Facts>, posting: Posting): Payment<Facts>;
  update(payment: Payment<Facts>, facts: Partial<Facts>): Payment<Facts>;
  /** In order of opening. */
  of(merchant: string): Payment<Facts>[];
  /** By its own id, or by the id of any of its movements. */
  byId(merchant: string, id: string): Payment<Facts> | undefined;
  /** By any id, or by any reference that the caller gave with it or with any of its movements. */
  byAnyId(merchant: string, id: string): Payment<Facts> | undefined;
  /** Lets time pass for this payment alone. */
  advance(payment: Payment<Facts>, ms: number): Payment<Facts>;
  /** The payment's own time, milliseconds since 1970. */
  now(payment: Payment<Facts>): number;
  /** When the issuer frees what it holds, in the payment's own time; null where nothing is held or nothing ends it. */
  expires(payment: Payment<Facts>): number | null;
  clear(): void;
}

export interface LedgerParts<Facts extends object> {
  readonly clock: Clock;
  /** How long the issuer keeps the money, from `livesFrom` on; infinite where it never lets go. */
  readonly livesMs: (payment: Payment<Facts>) => number;
  /** From when on it counts, milliseconds since 1970: the authorization, unless an increment prolongs it here. */
  readonly livesFrom?: (payment: Payment<Facts>) => number;
}

export function createLedger<Facts extends object>(parts: LedgerParts<Facts>): Ledger<Facts> {
  const { clock } = parts;
  const payments = new Map<string, Payment<Facts>>();
  const keep = (payment: Payment<Facts>): Payment<Facts> => {
    payments.set(payment.id, payment);
    return payment;
  };
  const now = ({ ahead }: Payment<Facts>) => clock.now() + ahead;
  const settled = (payment: Payment<Facts>): Payment<Facts> => {
    const ended = expired(payment, parts, now(payment));
    return ended === payment ? payment : keep(ended);
  };
  const current = (payment: Payment<Facts>) => settled(payments.get(payment.id) ?? payment);
  const of = (merchant: string) =>
    [...payments.values()].filter((payment) => payment.merchant === merchant).map(settled);
  const post = (payment: Payment<Facts>, posting: Posting) => {
    const present = current(payment);
    return keep(posted(present, posting, now(present)));
  };
  return {
    open: (opening, posting) => {
      const opened = keep({ references: {}, ...opening, movements: [], ahead: 0 });
      return posting === undefined ? opened : post(opened, posting);
    },
    post,
    update: (payment, facts) => {
      const present = current(payment);
      return keep({ ...present, facts: { ...present.facts, ...facts } });
    },
    of,
    byId: (merchant, id) => of(merchant).find((payment) => hasId(payment, id)),
    byAnyId: (merchant, id) => of(merchant).find((payment) => hasId(payment, id) || hasReference(payment, id)),
    advance: (payment, ms) => {
      const present = current(payment);
      return settled(keep({ ...present, ahead: present.ahead + ms }));
    },
    now,
    expires: (payment) => expiryOf(current(payment), parts),
    clear: () => payments.clear(),
  };
}

function hasId({ id, movements }: Payment, wanted: string): boolean {
  return id === wanted || movements.some((movement) => movement.id === wanted);
}

function hasReference({ references, movements }: Payment, wanted: string): boolean {
  return [references, ...movements.map((movement) => movement.references)].some((given) =>
    Object.values(given).includes(wanted),
  );
}

function expiryOf<Facts extends object>(
  payment: Payment<Facts>,
  { livesMs, livesFrom = authorizedAt }: LedgerParts<Facts>,
): number | null {
  if (sumsOf(payment).held === 0) return null;
  const end = livesFrom(payment) + livesMs(payment);
  return Number.isFinite(end) ? end : null;
}

function authorizedAt({ movements }: Payment): number {
  return movements.find(({ applied }) => applied > 0)?.at ?? Number.POSITIVE_INFINITY;
}

/** The payment after the issuer let go of what it held too long, dated when it did; else the same payment. */
function expired<Facts extends object>(
  payment: Payment<Facts>,
  parts: LedgerParts<Facts>,
  now: number,
): Payment<Facts> {
  const end = expiryOf(payment, parts);
  if (end === null || now < end) return payment;
  const { held } = sumsOf(payment);
  const last = payment.movements.at(-1)?.at ?? end;
  const posting = { id: payment.id, kind: "issuer release", amount: held, applied: held, status: EXPIRED } as const;
  // A void may have brought money back after the end: books never run backwards.
  return posted(payment, posting, Math.max(end, last));
}

function posted<Facts extends object>(payment: Payment<Facts>, posting: Posting, at: number): Payment<Facts> {
  const movement: Movement = {
    reason: null,
    references: {},
    closes: false,
    undoes: null,
    ...posting,
    at,
    key: payment.movements.length,
    totalAfter: 0,
  };
  const movements = [...payment.movements, movement];
  const totalAfter = sumsOf({ movements }).authorized;
  return { ...payment, movements: [...payment.movements, { ...movement, totalAfter }] };
}
