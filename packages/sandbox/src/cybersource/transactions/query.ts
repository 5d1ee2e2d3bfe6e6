import { refuseField } from "../answers.ts";
import type { Movement } from "../../books/payment.ts";

/**
 * A Transaction Search query as the documents and samples write it: `field:value` clauses joined by AND.
 * Fields: `clientReferenceInformation.code`, `id`, `submitTimeUtc` (a range). transactionId is not among the fields
 * of TssV2TransactionsPost201Response, so it cannot be searched.
 * @param now for `NOW` in a range, milliseconds since 1970
 * @throws WireRefusal for anything else
 */
export function parseQuery(query: string, now: number): (movement: Movement) => boolean {
  const tests = query.split(/\s+AND\s+/u).map((clause) => parseClause(clause.trim(), now));
  return (movement) => tests.every((test) => test(movement));
}

function parseClause(clause: string, now: number): (movement: Movement) => boolean {
  const colon = clause.indexOf(":");
  const field = clause.slice(0, colon);
  const value = clause.slice(colon + 1);
  switch (field) {
    case "clientReferenceInformation.code":
      return ({ references: { code } }) => code === unquoted(value);
    case "id":
      return ({ id }) => id === unquoted(value);
    case "submitTimeUtc":
      return parseRange(value, now);
    default:
      throw refuseField("query");
  }
}

/** `"a b"` or `a\-b`. */
function unquoted(value: string): string {
  const inner = /^"(.*)"$/u.exec(value)?.[1] ?? value;
  return inner.replaceAll(/\\(.)/gu, "$1");
}

/** `[from TO to}`: square includes, curly excludes. */
function parseRange(value: string, now: number): (movement: Movement) => boolean {
  const parts = /^([[{])(\S+) TO (\S+)([\]}])$/u.exec(value);
  const [, opening, from = "", to = "", closing] = parts ?? [];
  if (parts === null) throw refuseField("query");
  const [low, high] = [instant(from, now, Number.NEGATIVE_INFINITY), instant(to, now, Number.POSITIVE_INFINITY)];
  return ({ at }) => (opening === "[" ? at >= low : at > low) && (closing === "]" ? at <= high : at < high);
}

const UNITS: Readonly<Record<string, number>> = { SECOND: 1000, MINUTE: 60_000, HOUR: 3_600_000, DAY: 86_400_000 };

/** `*`, an ISO instant, or `NOW` with date arithmetic as in `NOW/DAY-7DAYS`. */
function instant(text: string, now: number, unbounded: number): number {
  if (text === "*") return unbounded;
  const [, start = "", steps = ""] = /^(NOW|[^+/-]+-[^+/]+?Z)((?:[+/-].*)?)$/u.exec(text) ?? [];
  const base = start === "NOW" ? now : Date.parse(start);
  if (Number.isNaN(base)) throw refuseField("query");
  return [...steps.matchAll(/([+/-])(\d*)(SECOND|MINUTE|HOUR|DAY)S?/gu)].reduce((at, [, sign, count, unit = ""]) => {
    const size = UNITS[unit] ?? 0;
    if (sign === "/") return at - (at % size);
    return at + (sign === "+" ? 1 : -1) * Number(count) * size;
  }, base);
}
