import { expect } from "vitest";
import { lifecycle } from "../../../../hold/index.ts";
import { BASE, type Case } from "../case.ts";
import type { About } from "../conforming.ts";
import { faults } from "../faults.ts";
import { expectBooksAgree } from "../judge.ts";
import { carried } from "../meeting.ts";
import type { Trial } from "../trial.ts";

/** Payers who are sent to the gateway's own page: they pay, turn back, or never come. */
export const page: readonly Case[] = [
  {
    name: "waiting on the payer: they pay on the gateway's page",
    missing: noPage,
    run: (trial) =>
      onPage(trial, async (waiting) => {
        expect((await waiting.open(BASE)).state).toBe("applied");
        expect(lifecycle(await waiting.hold())).toBe("open");
      }),
  },
  {
    name: "waiting on the payer: they pay, and nobody tells us",
    missing: noPage,
    run: (trial) =>
      onPage(trial, async (waiting) => {
        waiting.deliversNotices = false;
        expect((await waiting.open(BASE)).state).toBe("applied");
      }),
  },
  {
    name: "waiting on the payer: the bank declines",
    missing: noPage,
    run: (trial) =>
      onPage(trial, async (waiting) => {
        waiting.fault("authorize", { do: "outcome", outcome: waiting.conforming.outcomes.declined });
        expect((await waiting.open(BASE)).state).toBe("declined");
      }),
  },
  {
    name: "waiting on the payer: they turn back",
    missing: noPage,
    run: (trial) =>
      onPage(trial, async (waiting) => {
        waiting.payer = "cancel";
        expect(["failed", "declined"]).toContain((await waiting.open(BASE)).state);
      }),
  },
  {
    name: "waiting on the payer: they never come",
    missing: noPage,
    run: (trial) =>
      onPage(trial, async (waiting) => {
        waiting.payer = "stays away";
        expect((await waiting.open(BASE)).state).toBe("failed");
      }),
  },
  ...faults.map((fault): Case => ({
    name: `the page's address: ${fault.name}`,
    fault: [fault.name, "page"],
    missing: (about) => fault.missing?.(about) ?? noPage(about),
    run: (trial) =>
      onPage(trial, async (waiting) => {
        const met = waiting.imitation.script({ ...fault.trouble, match: { operation: "session" } });
        await carried(waiting, waiting.begin(await waiting.opening(BASE)), Promise.resolve(met), fault);
      }),
  })),
];

function noPage({ conforming }: About): string | undefined {
  return conforming.page ? undefined : "its payers bring a token";
}

async function onPage(trial: Trial, run: (waiting: Trial) => Promise<void>): Promise<void> {
  const waiting = trial.as(trial.conforming.page?.account ?? "");
  await run(waiting);
  await expectBooksAgree(waiting);
  await waiting.end();
}
