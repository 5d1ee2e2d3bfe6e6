import { expect } from "vitest";
import { BASE, STEP, type Case } from "../case.ts";
import type { About } from "../conforming.ts";
import { expectBooksAgree, ours } from "../judge.ts";
import type { Trial } from "../trial.ts";

/** What a gateway tells unasked can come at any time, any number of times, and from anybody. */
export const notices: readonly Case[] = [
  {
    name: "notices: each one twice",
    missing: none,
    async run(trial) {
      tellsAll(trial);
      await trial.open(BASE);
      await trial.add(STEP);
      await expectBooksAgree(trial);
      await sendAll(trial, outbox(trial).reports());
      await expectBooksAgree(trial);
      expect((await trial.capture(BASE + STEP)).state).toBe("applied");
      await sendAll(trial, outbox(trial).reports());
      await expectBooksAgree(trial);
    },
  },
  {
    name: "notices: before the answer",
    missing: none,
    async run(trial) {
      tellsAll(trial);
      await trial.open(BASE);
      const met = trial.imitation.script({ match: { operation: "increment" }, do: "delay", when: "after" });
      const begun = trial.begin(trial.stepping("increment", STEP));
      await trial.imitation.faults.reached(met.id);
      await sendAll(trial, outbox(trial).reports());
      await trial.imitation.faults.release(met.id);
      expect((await trial.done(begun)).state).toBe("applied");
      await expectBooksAgree(trial);
    },
  },
  {
    name: "notices: long after the answer",
    missing: none,
    async run(trial) {
      tellsAll(trial);
      await trial.open(BASE);
      trial.deliversNotices = false;
      const late = await trial.add(STEP);
      const byNotice = trial.capabilities.recovery.verdict === "notice";
      expect(late.state).toBe(byNotice ? "asking" : "applied");
      if (byNotice) expect((await trial.add(300)).refused).toBe("in_doubt");
      trial.deliversNotices = true;
      await expectBooksAgree(trial);
      expect((await ours(trial)).held).toBe(BASE + STEP);
    },
  },
  {
    name: "notices: out of order",
    missing: none,
    async run(trial) {
      tellsAll(trial);
      await trial.open(BASE);
      await trial.add(STEP);
      const old = outbox(trial).reports();
      trial.deliversNotices = false;
      const begun = trial.begin(trial.stepping("increment", 5_000));
      await begun.submitted;
      await trial.inFlight.ended();
      const fresh = outbox(trial).reports().slice(old.length);
      await sendAll(trial, [...fresh, ...old].toReversed());
      trial.deliversNotices = true;
      expect((await trial.done(begun)).state).toBe("applied");
      await expectBooksAgree(trial);
      expect((await ours(trial)).held).toBe(BASE + STEP + 5_000);
    },
  },
  {
    name: "notices: forged",
    missing: none,
    async run(trial) {
      tellsAll(trial);
      await trial.open(BASE);
      trial.deliversNotices = false;
      const begun = trial.begin(trial.stepping("increment", STEP));
      await begun.submitted;
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
      await expectBooksAgree(trial);
    },
  },
];

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
