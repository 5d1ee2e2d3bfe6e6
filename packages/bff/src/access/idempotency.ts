import { createHash } from "node:crypto";
import { refuse, type Mode, type Refusal } from "@plimsoll/shared";

/** An idempotency key as the store keeps it: in its own name space, with a digest of the request as it was sent. */
export interface RequestKey {
  readonly scope: string;
  readonly value: string;
  readonly digest: string;
}

export interface KeyedRequest {
  readonly merchant: string;
  readonly mode: Mode;
  /** Whom the credential names within its door. */
  readonly subject: string;
  /** Its path begins with its door, so that no browser can use up a key of the merchant's server. */
  readonly procedure: string;
  /** The body as it was sent, before defaults: a later version that adds one still knows the request again. */
  readonly body: string;
  readonly header: string | undefined;
}

/** 1 to 200 printable characters of ASCII. */
const KEY = /^[\x20-\x7e]{1,200}$/;

export function requestKey(request: KeyedRequest): RequestKey | { readonly refused: Refusal } {
  const { merchant, mode, subject, procedure, body, header } = request;
  if (header === undefined || !KEY.test(header)) return { refused: refuse("key_required") };
  return {
    scope: JSON.stringify([merchant, mode, subject, procedure]),
    value: header,
    digest: createHash("sha256").update(`${procedure}\n${body}`).digest("hex"),
  };
}
