import type { MovableClock } from "../clock.ts";
import type { FaultEngine } from "../control/fault-engine.ts";
import type { Fault } from "../control/fault.ts";
import type { ImitatedGateway } from "../control/imitated-gateway.ts";
import type { Journal } from "../control/journal.ts";
import type { Random } from "../random.ts";
import { createWire, GATEWAY } from "./app.ts";
import { createCybersourceDoor } from "./control-door.ts";
import { createLedger } from "./ledger.ts";
import type { MerchantScript } from "./merchants.ts";
import { createMerchants } from "./merchants.ts";
import { outcomeNamed, outcomeTable } from "./outcomes.ts";
import type { ReadingValues } from "./readings.ts";
import { createReadings } from "./readings.ts";
import { createTransientTokens } from "./tokens/transient-tokens.ts";

export interface CybersourceParts {
  readonly clock: MovableClock;
  readonly random: Random;
  readonly faults: FaultEngine;
  readonly journal: Journal;
  readonly merchants: readonly MerchantScript[];
  readonly readings: Partial<ReadingValues>;
}

/** What of a request never reaches the journal: card numbers, their verification numbers, and what pays like a card. */
export const cybersourceSecrets = ["number", "securityCode", "transientTokenJwt", "jti"];

/** CyberSource REST, imitated: wire, books and its part of the control door. */
export async function createCybersource(parts: CybersourceParts): Promise<ImitatedGateway> {
  const { clock, random, faults, journal } = parts;
  const merchants = createMerchants(parts.merchants);
  const readings = createReadings(parts.readings);
  const ledger = createLedger(clock);
  const tokens = await createTransientTokens({ clock, random, readings });
  const bank = { ledger, readings, clock, random, tokens };
  const seenJtis = new Set<string>();
  return {
    name: GATEWAY,
    wire: createWire({ bank, auth: { merchants, clock: clock.base, readings, seenJtis }, faults, journal }),
    door: createCybersourceDoor(bank, merchants),
    objection,
    reset: () => {
      ledger.clear();
      readings.reset();
      tokens.reset();
      seenJtis.clear();
    },
  };
}

/** Only authorizations and increments have an issuer to decline, approve in part or review. */
function objection(fault: Fault): string | null {
  if (fault.do !== "outcome") return null;
  const outcome = outcomeNamed(fault.outcome);
  if (outcome === undefined) return `The outcomes are AUTHORIZED, ${outcomeTable.map(({ name }) => name).join(", ")}.`;
  const { operation } = fault.match;
  if (operation === "authorize" || operation === "increment") return null;
  if (operation === "read" || operation === "search") return "A read has no outcome.";
  const fits = outcome.kind === "refused" || outcome.kind === "server-error";
  return fits ? null : `${fault.outcome} fits authorize and increment: say which in match.operation.`;
}
