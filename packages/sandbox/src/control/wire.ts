import type { Json, Operation, ServerError } from "./fault.ts";
import type { Answer } from "./journal.ts";

/** A request as it comes over the wire. */
export interface Incoming {
  /** Upper case. */
  readonly method: string;
  /** Path with query, as sent. */
  readonly target: string;
  /** By lower-case names. */
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** Nothing re-serialised, nothing re-ordered: signatures cover these bytes. */
  readonly raw: Buffer;
}

/** The same, read as far as every gateway reads it. */
export interface WireRequest extends Incoming {
  /** What the route's path names: `{ id }`. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  /** JSON, or a form's fields as strings; null where there is no body, undefined where it is neither. */
  readonly body: Json | undefined;
}

/** A request whose caller is known. */
export interface WireAsked<Caller> extends WireRequest {
  readonly caller: Caller;
  /** The name of an outcome that a script asks for; else amount and card decide. */
  readonly outcome: string | undefined;
}

interface Route<Asked> {
  readonly method: "get" | "post" | "put" | "patch" | "delete";
  /** `/payments/:id/increment`. */
  readonly path: string;
  readonly operation: Operation;
  readonly handle: (asked: Asked) => Promise<Answer> | Answer;
}

export type WireRoute<Caller> = Route<WireAsked<Caller>>;
export type OpenRoute = Route<Omit<WireAsked<never>, "caller">>;

export type Authenticated<Caller> =
  | { readonly caller: Caller; readonly merchant: string }
  | { readonly refused: Answer };

/** How one gateway speaks, around what its operations do. */
export interface Wire<Caller> {
  /** As in `fault.gateway`. */
  readonly gateway: string;
  readonly routes: readonly WireRoute<Caller>[];
  /** Those that nobody has to be known for: the token endpoint. */
  readonly openRoutes?: readonly OpenRoute[];
  /** Keys of bodies, asked and answered, whose values no journal keeps: card numbers, secrets, tokens. */
  readonly secrets: readonly string[];
  authenticate(request: WireRequest): Promise<Authenticated<Caller>> | Authenticated<Caller>;
  /** By what a script may mean this request, besides what its path names. */
  references(request: WireRequest): readonly string[];
  /** What the gateway answers where an operation threw its own refusal; undefined for anything else: that is a fault of ours. */
  refusal(error: unknown): Answer | undefined;
  /** "Something broke here", as a script wants it. */
  serverError(error: ServerError): Answer;
  /** To a path that is not imitated. */
  notFound(request: WireRequest): Answer;
  /** On every answer: a correlation id. */
  headers?(request: WireRequest): Readonly<Record<string, string>>;
}
