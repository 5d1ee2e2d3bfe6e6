import type { CapabilityRow } from "../../capability-rows.ts";

const HOUR = 3_600_000;
const here = { source: "Notices, a test gateway: its imitation is its only document", read: "2026-11-22" } as const;

export const rows: readonly CapabilityRow[] = [
  { says: { incrementable: "yes", releaseAtCapture: "automatic" }, ...here },
  { says: { incrementable: "no" }, when: { networks: ["jcb"] }, ...here },
  {
    says: {
      recovery: { slowestApply: 30_000, dedupe: { window: 24 * HOUR, replay: "same_answer" }, verdict: "notice" },
    },
    ...here,
  },
];
