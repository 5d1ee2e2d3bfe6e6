import type { Actor, Event, Hold, Recorded } from "../hold/index.ts";
import type { EventRow, HoldRow, OperationRow } from "./schema.ts";
import { type StoredRequest, UnreadableRow } from "./store.ts";

/**
 * What is kept as JSON, and back. Only this package writes it, so its inner shape is trusted; what is checked is
 * that it is the thing that the row says it is, with the parts that the rules compute sums from.
 */
export function encodeHold(hold: Hold): string {
  return JSON.stringify(hold);
}

/** Throws where the stored text is not this hold: better no answer than sums of something else. */
export function decodeHold(row: Pick<HoldRow, "id" | "version" | "state">): Hold {
  const state = parse(row.state);
  if (isHold(state) && state.terms.id === row.id && state.version === row.version) return upToDate(state);
  throw new UnreadableRow(`the state of hold ${row.id} in version ${row.version}`);
}

/** As the versions before wrote it: what they did not know has not happened. */
function upToDate(hold: Hold): Hold {
  const operations = hold.operations.map((operation) => ({ ...NOT_YET.operation, ...operation }));
  const reading = hold.reading && { ...newlyWanted(hold.reading.at), ...hold.reading };
  return { ...NOT_YET.hold, ...hold, reading, operations };
}

const NOT_YET = {
  hold: { reader: null, readAt: null },
  operation: { silent: false, alertedAt: null, heard: null },
} as const;
const newlyWanted = (since: number) => ({ since, alertedAt: null });

export function encodeEvent(event: Event): Pick<EventRow, "type" | "data"> {
  return { type: event.type, data: JSON.stringify(event) };
}

export function encodeActor(actor: Actor | null): string | null {
  return actor && JSON.stringify(actor);
}

export function decodeRecorded(row: EventRow): Recorded {
  const event = parse(row.data);
  const actor = row.actor === null ? null : parse(row.actor);
  if (isEvent(event) && event.type === row.type && isActor(actor)) {
    return { seq: row.seq, at: row.at, actor, cause: row.cause, event };
  }
  throw new UnreadableRow(`event ${row.seq} of hold ${row.hold}`);
}

export function encodeRequest({
  order,
  written,
  sealed,
}: StoredRequest): Pick<OperationRow, "request" | "sealed" | "dialect"> {
  return { request: JSON.stringify({ order, written }), sealed, dialect: written.dialect };
}

export function decodeRequest(row: Pick<OperationRow, "id" | "request" | "sealed">): StoredRequest {
  const request = parse(row.request);
  if (isRequest(request) && request.order.operation === row.id) {
    return { operation: row.id, order: request.order, written: request.written, sealed: row.sealed };
  }
  throw new UnreadableRow(`the request of operation ${row.id}`);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isHold(value: unknown): value is Hold {
  return (
    isObject(value) &&
    isObject(value["terms"]) &&
    isObject(value["references"]) &&
    Number.isSafeInteger(value["version"]) &&
    Number.isSafeInteger(value["lapsed"]) &&
    isListOf(value["entries"], isEntry) &&
    isListOf(value["operations"], isOperation)
  );
}

function isEntry(value: Readonly<Record<string, unknown>>): boolean {
  return (
    typeof value["id"] === "string" && Number.isSafeInteger(value["asked"]) && Number.isSafeInteger(value["applied"])
  );
}

function isOperation(value: Readonly<Record<string, unknown>>): boolean {
  return (
    typeof value["id"] === "string" &&
    ["delta", "totalBefore", "totalAfter"].every((sum) => Number.isSafeInteger(value[sum]))
  );
}

function isEvent(value: unknown): value is Event {
  return isObject(value) && typeof value["type"] === "string";
}

function isActor(value: unknown): value is Actor | null {
  return value === null || (isObject(value) && typeof value["kind"] === "string" && typeof value["name"] === "string");
}

function isRequest(value: unknown): value is Pick<StoredRequest, "order" | "written"> {
  if (!isObject(value) || !isObject(value["order"]) || !isObject(value["written"])) return false;
  const written = value["written"];
  return ["dialect", "method", "path", "body"].every((part) => typeof written[part] === "string");
}

function isListOf(value: unknown, is: (item: Readonly<Record<string, unknown>>) => boolean): boolean {
  return Array.isArray(value) && value.every((item) => isObject(item) && is(item));
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
