import type { Outcome } from "./outcomes.ts";
import type { Opening } from "./wire.ts";

/** "Test:<nnnn>" (Computop, "Simulation"). */
const COMMAND = /^Test:(\d{4})$/u;

/**
 * The four digits, where a request asks to be simulated: in the order's description or that of one of its items, or in
 * simulationMode. It has priority over the live mode, also at a merchant that is live: a text of the payer's must never
 * get there.
 */
export function simulationOf({ order, simulationMode }: Opening): string | null {
  const description = order?.description ?? [];
  const texts = [
    simulationMode,
    ...(typeof description === "string" ? [description] : description),
    ...(order?.items ?? []).map((item) => item.description),
  ];
  return texts.map((text) => COMMAND.exec(text ?? "")?.[1]).find((code) => code !== undefined) ?? null;
}

/** What the simulation answers: 0000 always succeeds, any other code fails with it. No bank is asked. */
export function simulated(code: string): Outcome {
  if (code === "0000") return { kind: "approved" };
  const responseCode = `2206${code}`;
  return { kind: "declined", code: { responseCode, responseDescription: "Simulated" }, issuer: code.slice(-2) };
}
