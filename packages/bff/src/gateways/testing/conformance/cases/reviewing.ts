import { expect } from "vitest";
import { lifecycle } from "../../../../hold/index.ts";
import { PAYMENT } from "../../../../store/store.ts";
import { BASE, type Case } from "../case.ts";
import type { About } from "../conforming.ts";
import { expectBooksAgree, ours } from "../judge.ts";
import { rest } from "../rest.ts";
import type { Trial } from "../trial.ts";

/** Approvals that a person at the gateway has to look at before they are captured. */
export const reviewing: readonly Case[] = [
  {
    name: "review: captured once it was accepted, and not before",
    missing: noReview,
    async run(trial) {
      await openedUnderReview(trial);
      await decided(trial, "accept");
      expect((await trial.hold()).reviewSince).toBeNull();
      expect((await trial.capture(BASE)).state).toBe("applied");
      await expectBooksAgree(trial);
      expect(await ours(trial)).toMatchObject({ captured: BASE, held: 0 });
    },
  },
  {
    name: "review: rejected, what is still held is never captured and a person lets it go",
    missing: noReview,
    async run(trial) {
      await openedUnderReview(trial);
      await decided(trial, "reject");
      expect((await trial.hold()).reviewSince).not.toBeNull();
      expect((await trial.capture(BASE)).refused).toBe("under_review");
      expect(await ours(trial)).toMatchObject({ authorized: BASE, captured: 0, held: BASE });
      expect((await trial.does(trial.commands.reverseAll())).state).toBe("applied");
      await expectBooksAgree(trial);
      expect(await ours(trial)).toMatchObject({ captured: 0, released: BASE, held: 0 });
      expect(lifecycle(await trial.hold())).toBe("reversed");
    },
  },
];

async function openedUnderReview(trial: Trial): Promise<void> {
  trial.fault("authorize", { do: "outcome", outcome: trial.conforming.review?.outcome ?? "" });
  expect((await trial.open(BASE)).state).toBe("applied");
  await expectBooksAgree(trial);
  expect((await trial.capture(BASE)).refused).toBe("under_review");
  expect(trial.asked.some(({ kind }) => kind === "capture")).toBe(false);
}

/** Nobody tells us: the next time that the books are read they say so. */
async function decided(trial: Trial, decision: "accept" | "reject"): Promise<void> {
  const payment = (await trial.hold()).references[PAYMENT] ?? "";
  await trial.conforming.review?.decide(trial.imitation.gateway, payment, decision);
  trial.clock.passes(trial.capabilities.recovery.lookUp?.lag ?? 0);
  await trial.does(trial.commands.hint());
  await rest(trial);
  await expectBooksAgree(trial);
}

function noReview({ conforming }: About): string | undefined {
  return conforming.review === undefined ? "its answers know no such thing" : undefined;
}
