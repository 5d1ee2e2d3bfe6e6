import { DatabaseError } from "pg";
import type { Forbidden, StoreUnavailable } from "./store.ts";

/** Which of our rules was broken: PostgreSQL names the constraint (23505 unique, 23514 check). */
export function brokenRule(error: unknown): Forbidden["rule"] | undefined {
  if (!(error instanceof DatabaseError) || (error.code !== "23505" && error.code !== "23514")) return undefined;
  return RULES.get(error.constraint ?? "");
}

const RULES: ReadonlyMap<string, Forbidden["rule"]> = new Map([
  ["holds_pkey", "version"],
  ["holds_version", "version"],
  ["holds_one_payment", "unique_payment"],
  ["events_once", "version"],
  ["operations_pkey", "unique_reference"],
  ["operations_reference_key", "unique_reference"],
  ["operations_key_key", "unique_reference"],
  ["operations_one_unfinished", "one_operation"],
  ["operations_amounts", "amounts"],
  ["idempotency_once", "used_key"],
]);

/** A serialization failure, a deadlock, or a row that was not there yet when this transaction looked for it. */
export function raced(error: unknown): boolean {
  if (!(error instanceof DatabaseError)) return false;
  if (error.code === "40001" || error.code === "40P01") return true;
  return error.code === "23505" && (error.constraint === "holds_pkey" || error.constraint === "idempotency_once");
}

/**
 * Why the database can't be used, as an error shows it; undefined where the error is about something else.
 * What does not come from the server itself comes from the way to it.
 */
export function trouble(error: unknown): StoreUnavailable["why"] | undefined {
  if (error instanceof TypeError || error instanceof RangeError || !(error instanceof Error)) return undefined;
  if (!(error instanceof DatabaseError)) return "gone";
  const state = error.code ?? "";
  return STATES.get(state) ?? (GONE.some((prefix) => state.startsWith(prefix)) ? "gone" : undefined);
}

/** SQLSTATEs (PostgreSQL's Appendix A): disk full; read-only transaction; no such table, no such column. */
const STATES: ReadonlyMap<string, StoreUnavailable["why"]> = new Map([
  ["53100", "full"],
  ["25006", "read_only"],
  ["42P01", "schema"],
  ["42703", "schema"],
]);

/**
 * Connection exceptions, insufficient resources, an operator's intervention (shutdown, a timeout), a lock that was not
 * to be had in time, a transaction that stood still for too long, an error of the server's system.
 */
const GONE = ["08", "53", "57", "55P03", "25P03", "58"];
