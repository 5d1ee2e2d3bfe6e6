import type { CapabilityRow } from "../../capability-rows.ts";
import type { SmallSettings } from "../small-door.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const here = { source: "Totals, a test gateway: its imitation is its only document", read: "2026-11-22" } as const;

export function rowsOf({ lookUpLag }: SmallSettings): readonly CapabilityRow[] {
  return [
    { says: { incrementable: "unproven", increments: { most: 10, count: "attempts" } }, ...here },
    { says: { releaseAtCapture: "automatic", readable: true }, ...here },
    { says: { partialApproval: { authorization: true, increment: true } }, ...here },
    { says: { expiry: { captureWithin: 7 * DAY, bankKeeps: 7 * DAY, prolongedBy: [], ...here } }, ...here },
    {
      says: {
        recovery: {
          slowestApply: 30_000,
          dedupe: { window: 24 * HOUR, replay: "stored_error" },
          lookUp: { by: "operation", of: ["authorize", "increment", "capture", "reverse"], lag: lookUpLag },
        },
      },
      ...here,
    },
  ];
}
