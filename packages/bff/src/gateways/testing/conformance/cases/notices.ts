import { expect } from "vitest";
import type { Case } from "../case.ts";
import type { About } from "../conforming.ts";
import { expectBooksAgree, ours } from "../judge.ts";
import { expectOnceAtMost } from "../meeting.ts";
import { restUntil } from "../rest.ts";
import { steps, type Step } from "../steps.ts";
import type { Trial } from "../trial.ts";

interface Delivery {
  readonly name: string;
  readonly carry: (trial: Trial, step: Step) => Promise<void>;
}

/** What a gateway tells unasked can come at any time, any number of times, and from anybody. */
const deliveries: readonly Delivery[] = [
  {
    name: "its notices twice",
    async carry(trial, step) {
      expect((await trial.done(await step.begin(trial))).state).toBe("applied");
      await expectBooksAgree(trial);
      await sendAll(trial, outbox(trial).reports());
    },
  },
  {
    name: "its notice before the answer",
    async carry(trial, step) {
      const { skip = 0 } = step;
      const met = trial.fault(step.kind, { do: "delay", when: "after", skip });
      const begun = await step.begin(trial);
      await restUntil(trial, trial.imitation.faults.reached(met.id));
      await sendAll(trial, outbox(trial).reports());
      await trial.imitation.faults.release(met.id);
      expect((await trial.done(begun)).state).toBe("applied");
    },
  },
  {
    name: "its notice long after the answer",
    async carry(trial, step) {
      trial.deliversNotices = false;
      const late = await trial.done(await step.begin(trial));
      // What only a notice can tell is in doubt until it comes; the first authorization is answered at once everywhere.
      const isAwaited = trial.capabilities.recovery.verdict === "notice" && step.kind !== "authorize";
      expect(late.state).toBe(isAwaited ? "asking" : "applied");
      if (isAwaited && step.kind === "increment") expect((await trial.add(300)).refused).toBe("in_doubt");
      trial.deliversNotices = true;
    },
  },
  {
    name: "its notice out of order, before older ones",
    async carry(trial, step) {
      const old = outbox(trial).reports();
      trial.deliversNotices = false;
      const begun = await step.begin(trial);
      await trial.inFlight.ended();
      const fresh = outbox(trial).reports().slice(old.length);
      await sendAll(trial, [...fresh, ...old].toReversed());
      trial.deliversNotices = true;
      expect((await trial.done(begun)).state).toBe("applied");
    },
  },
  {
    name: "its notice forged",
    async carry(trial, step) {
      trial.deliversNotices = false;
      const begun = await step.begin(trial);
      await trial.inFlight.ended();
      const before = await ours(trial);
      for (const { id, body } of outbox(trial).reports()) {
        const report = await outbox(trial).send(id, { body: body.replaceAll("true", "false") + " " });
        if (trial.capabilities.recovery.verdict === "notice") expect(report?.deliveries.at(-1)?.status).toBe(401);
      }
      await trial.inFlight.ended();
      expect(await ours(trial)).toEqual(before);
      await sendAll(trial, outbox(trial).reports());
      trial.deliversNotices = true;
      expect((await trial.done(begun)).state).toBe("applied");
    },
  },
];

export const notices: readonly Case[] = deliveries.flatMap(({ name, carry }) =>
  steps.map((step) => ({
    name: `${step.name}: ${name}`,
    fault: [name, step.name],
    missing: (about) => none(about) ?? step.missing?.(about),
    async run(trial) {
      tellsAll(trial);
      await step.prepare(trial);
      await carry(trial, step);
      await expectBooksAgree(trial);
      await expectOnceAtMost(trial);
    },
  })),
);

function none({ gateway }: About): string | undefined {
  return gateway.notices ? undefined : "it tells nothing unasked";
}

function tellsAll({ conforming, imitation }: Trial): void {
  for (const [name, value] of Object.entries(conforming.everyNotice ?? {})) imitation.gateway.readings.set(name, value);
}

function outbox({ imitation }: Trial) {
  const { notices: found } = imitation.gateway;
  if (!found) throw new Error("its imitation tells nothing");
  return found;
}

async function sendAll(trial: Trial, reports: readonly { readonly id: string }[]): Promise<void> {
  for (const { id } of reports) await outbox(trial).send(id);
}
