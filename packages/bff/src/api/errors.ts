import { codes, holdsCardNumber, refuse, type Code, type ErrorData, type Refusal } from "@plimsoll/shared";
import { TRPCError } from "@trpc/server";
import { ZodError } from "zod";
import type { Ids } from "../ids.ts";
import { StoreUnavailable } from "../store/store.ts";
import type { Log } from "../telemetry/index.ts";

/** Thrown wherever a request is refused: nothing was changed. */
export class Refused extends TRPCError {
  readonly refusal: Refusal;
  constructor(refusal: Refusal) {
    super({ code: TRPC_CODES[codes[refusal.code].status], message: refusal.code });
    this.name = "Refused";
    this.refusal = refusal;
  }
}

const TRPC_CODES = {
  400: "BAD_REQUEST",
  401: "UNAUTHORIZED",
  403: "FORBIDDEN",
  404: "NOT_FOUND",
  405: "METHOD_NOT_SUPPORTED",
  409: "CONFLICT",
  413: "PAYLOAD_TOO_LARGE",
  415: "UNSUPPORTED_MEDIA_TYPE",
  429: "TOO_MANY_REQUESTS",
  500: "INTERNAL_SERVER_ERROR",
  503: "SERVICE_UNAVAILABLE",
} as const;

/** Gives back the value, or throws the refusal that stands in its place. */
export function accepted<T extends object>(result: T | { readonly refused: Refusal }): T {
  if ("refused" in result) throw new Refused(result.refused);
  return result;
}

/** What an error says on the wire. What is not a refusal stays in the log, under the reference that the caller is given. */
export function report(error: Error, about: { ids: Ids; log: Log; procedure: string }): ErrorData {
  const refusal = refusalOf(error);
  const reference = about.ids.support();
  const { procedure } = about;
  const unavailable = unavailableOf(error);
  if (refusal) about.log.info({ reference, procedure, code: refusal.code }, "refused");
  else if (unavailable) about.log.warn({ reference, procedure, ...unavailable }, "the database can't be used");
  else about.log.error({ reference, procedure, error: describe(error) }, "fault");
  return errorData(refusal ?? refuse(unavailable ? "store_unavailable" : "internal"), reference);
}

export function errorData({ code, detail }: Refusal, reference: string): ErrorData {
  return { code, message: codes[code].sentence, reference, ...(detail ? { detail } : {}) };
}

function describe(error: Error): { name: string; message: string; stack: string | undefined } {
  const { name, message, stack } = error.cause instanceof Error ? error.cause : error;
  return { name, message, stack };
}

function unavailableOf(error: Error): { why: string; certain: boolean; cause: string } | undefined {
  const thrown = error instanceof StoreUnavailable ? error : error.cause;
  if (!(thrown instanceof StoreUnavailable)) return undefined;
  const { why, certain, cause } = thrown;
  return { why, certain, cause: cause instanceof Error ? cause.message : "" };
}

/** Every error that can come of a request, as one of the closed list; undefined where the fault is ours. */
function refusalOf(error: Error): Refusal | undefined {
  if (error instanceof Refused) return error.refusal;
  if (error.cause instanceof Refused) return error.cause.refusal;
  if (!(error instanceof TRPCError)) return undefined;
  if (error.code === "BAD_REQUEST" && error.cause instanceof ZodError) return ofInput(error.cause);
  const code = OF_TRPC[error.code];
  return code && refuse(code);
}

/** What tRPC itself finds wrong with a request. */
const OF_TRPC: Readonly<Partial<Record<TRPCError["code"], Code>>> = {
  BAD_REQUEST: "invalid_input",
  PARSE_ERROR: "invalid_input",
  NOT_FOUND: "unknown_procedure",
  METHOD_NOT_SUPPORTED: "wrong_method",
  PAYLOAD_TOO_LARGE: "too_large",
  UNSUPPORTED_MEDIA_TYPE: "not_json",
};

type Issue = ZodError["issues"][number];

/** The first fault of an input, by the most telling code; a guarded card number goes before all else. */
function ofInput(error: ZodError): Refusal {
  const issues = error.issues.flatMap(flat);
  const guarded = issues.find((issue) => codeIn(issue) !== undefined);
  const [first] = issues;
  const issue = guarded ?? first;
  if (!issue) return refuse("invalid_input");
  const field = fieldOf(issue);
  return refuse(codeIn(issue) ?? codeOf(issue, field), field === "" ? undefined : { field });
}

function flat(issue: Issue): Issue[] {
  return issue.code === "invalid_union" ? [...issue.errors.flat().flatMap(flat), issue] : [issue];
}

function codeIn(issue: Issue): Code | undefined {
  return issue.code === "custom" && issue.params?.["code"] === "card_number" ? "card_number" : undefined;
}

function codeOf({ code }: Issue, field: string): Code {
  if (code === "unrecognized_keys") return "invalid_input";
  const name = field.split(".").at(-1);
  if (name === "currency") return "unknown_currency";
  return name === "amount" || name === "total" || name === "max" ? "invalid_amount" : "invalid_input";
}

/** The field's path. What a caller made up is repeated only where it is a plain short name. */
function fieldOf(issue: Issue): string {
  const named = issue.code === "unrecognized_keys" ? issue.keys.slice(0, 1) : [];
  const path = [...issue.path, ...named].join(".");
  return /^[\w.-]{1,64}$/.test(path) && !holdsCardNumber(path) ? path : "";
}
