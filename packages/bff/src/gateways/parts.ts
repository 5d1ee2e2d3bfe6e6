import type { Clock } from "../clock.ts";
import type { Gateway } from "./port.ts";
import type { Send } from "./wire-client.ts";

export interface GatewayParts {
  /** The one way out, to all gateways. */
  readonly send: Send;
  readonly clock: Clock;
  readonly bytes: (count: number) => Uint8Array;
  /** Where a gateway can post what it has to tell about an account. */
  readonly noticesUrl: (account: string) => string;
}

/** What a gateway's folder exports: from its own settings, checked by itself, to a gateway that can be asked. */
export type Connect = (settings: Readonly<Record<string, unknown>>, parts: AccountParts) => Gateway;

export type AccountParts = Omit<GatewayParts, "noticesUrl"> & { readonly noticesUrl: string };
