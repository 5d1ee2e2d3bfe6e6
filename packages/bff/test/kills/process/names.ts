import type { Event, Hold, OperationId, OperationKind } from "../../../src/hold/index.ts";
import type { WireRequest } from "../../../src/gateways/wire-client.ts";
import type { Change } from "../../../src/store/store.ts";

type Write = NonNullable<Change<unknown>["write"]>;

/** A write by what made it, what it ends and what it begins: `writes: answer, of increment, asks capture`. */
export function nameOfWrite(before: Hold | undefined, { cause, events }: Pick<Write, "cause" | "events">): string {
  const kinds = kindsOf(before, events);
  const parts = events.flatMap((event) => partOf(event, kinds) ?? []);
  return `writes: ${[...new Set([cause, ...parts])].join(", ")}`;
}

/**
 * A call by what it is for and where it goes: `asks increment: PATCH /pts/v2/payments/*`. Whatever needs a gateway's
 * token first fetches it.
 */
export function nameOfCall(purpose: string, { method, path }: Pick<WireRequest, "method" | "path">): string {
  const [plain = ""] = path.split("?");
  const whatFor = /\boauth2?\/token$/.test(plain) ? "fetches a token" : purpose;
  return `${whatFor}: ${method} ${plain.split("/").map(withoutId).join("/")}`;
}

/** Versions and words stay; what has a digit besides, or is long, names one thing. */
function withoutId(segment: string): string {
  return /^v\d+$/.test(segment) || (/^[A-Za-z-]+$/.test(segment) && segment.length < 25) || segment === ""
    ? segment
    : segment.replace(/^[^:]+/, "*");
}

function kindsOf(before: Hold | undefined, events: readonly Event[]): ReadonlyMap<OperationId, OperationKind> {
  const begun = events.flatMap((event) => (event.type === "asked" ? [event.operation] : []));
  return new Map([...(before?.operations ?? []), ...begun].map(({ id, kind }) => [id, kind]));
}

function partOf(event: Event, kinds: ReadonlyMap<OperationId, OperationKind>): string | undefined {
  if (event.type === "answered") return `of ${kinds.get(event.operation) ?? "one that has ended"}`;
  if (event.type === "asked") return `asks ${event.operation.kind}`;
  if (event.type === "parked") return `parks ${kinds.get(event.operation) ?? ""}`;
  if (event.type === "read_begun") return "reads";
  if (event.type !== "attempted") return undefined;
  const kind = kinds.get(event.operation) ?? "";
  return { ask: `asks ${kind} again`, look: `looks for ${kind}`, undo: `undoes ${kind}` }[event.kind];
}
