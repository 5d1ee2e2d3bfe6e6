import type { MovableClock } from "../clock.ts";
import type { Random } from "../random.ts";
import type { Changes } from "./changes.ts";
import type { FaultEngine } from "./fault-engine.ts";
import type { ImitatedGateway } from "./imitated-gateway.ts";
import type { Journal } from "./journal.ts";

/** What the sandbox gives to every gateway that it imitates. */
export interface GatewayParts {
  readonly clock: MovableClock;
  readonly random: Random;
  readonly faults: FaultEngine;
  readonly journal: Journal;
  readonly changes: Changes;
  /** Accounts besides the test merchant's; the gateway parses them in its own form. */
  readonly merchants: readonly unknown[];
  /** Readings that are not at their default, by name. */
  readonly readings: Readonly<Record<string, unknown>>;
}

/** How a gateway joins the sandbox. */
export type CreateGateway = (parts: GatewayParts) => Promise<ImitatedGateway> | ImitatedGateway;
