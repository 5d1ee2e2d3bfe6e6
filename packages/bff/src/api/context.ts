import type { ErrorData } from "@plimsoll/shared";
import type { PayerClaims, Seal, StaffClaims, Tokens } from "../access/index.ts";
import type { Clock } from "../clock.ts";
import type { Directory } from "../directory.ts";
import type { Driver } from "../driver/index.ts";
import type { Ids } from "../ids.ts";
import type { Hub } from "../live/index.ts";
import type { ApiKey, Store } from "../store/store.ts";

/** What procedures call. */
export interface Services {
  readonly driver: Driver;
  readonly store: Store;
  readonly directory: Directory;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly hub: Hub;
  readonly tokens: Tokens;
  readonly seal: Seal;
  /** Aborts when the service stops: live streams end then. */
  readonly closing: AbortSignal;
}

/** Who asks, by the credential of their door. */
export interface Payer {
  readonly kind: "payer";
  readonly claims: PayerClaims;
}
export interface Staff {
  readonly kind: "console";
  readonly claims: StaffClaims;
}
export interface Server {
  readonly kind: "merchant";
  readonly key: ApiKey;
}
export type Caller = Payer | Staff | Server;

/** One request, after its door has let it in. */
export interface Context<C extends Caller = Caller> {
  readonly services: Services;
  readonly caller: C;
  readonly procedure: string;
  /** The body as it was sent. */
  readonly body: string;
  /** The `Idempotency-Key` header. */
  readonly key: string | undefined;
  /** What an error says to the caller. */
  report(error: Error): ErrorData;
}
