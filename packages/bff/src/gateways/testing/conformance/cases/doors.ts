import { expect } from "vitest";
import type { OperationKind } from "../../../../hold/index.ts";
import { BASE, STEP, type Case } from "../case.ts";
import type { About } from "../conforming.ts";
import { expectBooksAgree, ours, paymentOf } from "../judge.ts";
import type { Trial } from "../trial.ts";
import { noExtension, notLookedUp, unreadable } from "../offers.ts";

/** Credentials, addresses, and asking the same thing twice. */
export const doors: readonly Case[] = [
  {
    name: "wrong credentials: certain, nothing applied, no secret told",
    async run(trial) {
      const stranger = trial.another(trial.conforming.wrongCredentials);
      expect((await stranger.open(BASE)).state).toBe("failed");
      await expectBooksAgree(stranger);
      const wrong = Object.values(trial.conforming.wrongCredentials).filter((value) => typeof value === "string");
      const told = JSON.stringify(await stranger.store.history(stranger.id));
      for (const secret of wrong) expect(told).not.toContain(secret);
      await stranger.end();
    },
  },
  {
    name: "nobody listens: certain, nothing applied",
    async run(trial) {
      const lost = trial.another({ [trial.conforming.hostSetting]: "http://127.0.0.1:9" });
      expect((await lost.open(BASE)).state).toBe("failed");
      await expectBooksAgree(lost);
      await lost.end();
    },
  },
  ...(["authorize", "increment", "capture"] as const).map((kind): Case => ({
    name: `${kind}: the same request again moves nothing`,
    missing: knowsAgain,
    run: (trial) => asksAgain(trial, kind),
  })),
  ...(["authorize", "increment", "capture", "reverse"] as const).map((kind): Case => ({
    name: `${kind}: asked again in the same words, whatever time it is by then`,
    missing: asksAgainByKey,
    run: (trial) => repeats(trial, kind),
  })),
  ...(["authorize", "increment", "extend", "capture", "reverse"] as const).map((kind): Case => ({
    name: `${kind}: looked up`,
    missing: (about) => (kind === "extend" ? noExtension(about) : undefined) ?? notLookedUp(kind, about),
    run: (trial) => looksUp(trial, kind),
  })),
  {
    name: "read",
    missing: unreadable,
    async run(trial) {
      await trial.open(BASE);
      await trial.add(STEP);
      expect(await books(trial)).toMatchObject({ authorized: BASE + STEP, captured: 0, state: "open" });
      await trial.capture(BASE + STEP);
      expect(await books(trial)).toMatchObject({ authorized: BASE + STEP, captured: BASE + STEP, state: "captured" });
    },
  },
  {
    name: "read: after a reversal of all",
    missing: unreadable,
    async run(trial) {
      await trial.open(BASE);
      await trial.does(trial.commands.reverseAll());
      expect(await books(trial)).toMatchObject({ captured: 0, state: "reversed" });
    },
  },
];

function knowsAgain({ capabilities, conforming }: About): string | undefined {
  const knows = capabilities.recovery.dedupe !== null || conforming.peculiar?.refusesTheSameReference === true;
  return knows ? undefined : "no key is known again";
}

function asksAgainByKey({ capabilities }: About): string | undefined {
  const { dedupe } = capabilities.recovery;
  return dedupe === null || dedupe.replay === "stored_error" ? "nothing is asked twice" : undefined;
}

/** Far longer than any call of a case takes. */
const PATIENCE = 20_000;

async function asksAgain(trial: Trial, kind: OperationKind): Promise<void> {
  await trial.open(BASE);
  if (kind !== "authorize") await trial.step(kind === "capture" ? "capture" : "increment", STEP);
  await expectBooksAgree(trial);
  const before = await paymentOf(trial);
  const order = trial.asked.findLast((asked) => asked.kind === kind);
  const stored = order && (await trial.store.request(order.operation));
  if (!order || !stored) throw new Error("nothing was asked");
  const signal = AbortSignal.timeout(PATIENCE);
  const { order: asked, written } = stored;
  const outcome = await trial.gateway.ask({ order: asked, written, number: 2, token: trial.token, signal });
  expect(["approved", "received", "waiting", "unknown", "rejected"]).toContain(outcome.is);
  expect((await paymentOf(trial))?.sums).toEqual(before?.sums);
}

/** A gateway that compares would take another body under the same key for a fault. */
async function repeats(trial: Trial, kind: Exclude<OperationKind, "extend">): Promise<void> {
  if (kind !== "authorize") await trial.open(BASE);
  trial.fault(kind, { do: "drop", when: "before" });
  const done = kind === "authorize" ? await trial.open(BASE) : await trial.step(kind, STEP);
  expect(done.state).toBe("applied");
  const sent = trial.imitation.journal().filter(({ operation }) => operation === kind);
  expect(sent).toHaveLength(2);
  expect(sent[1]?.at).not.toBe(sent[0]?.at);
  expect([sent[1]?.path, sent[1]?.request]).toEqual([sent[0]?.path, sent[0]?.request]);
  await expectBooksAgree(trial);
}

async function looksUp(trial: Trial, kind: OperationKind): Promise<void> {
  await trial.open(BASE);
  if (kind !== "authorize") await trial.step(kind, STEP);
  await expectBooksAgree(trial);
  const order = trial.asked.findLast((asked) => asked.kind === kind);
  const stored = order && (await trial.store.request(order.operation));
  if (!stored) throw new Error("nothing was asked");
  trial.clock.passes(trial.capabilities.recovery.lookUp?.lag ?? 0);
  const signal = AbortSignal.timeout(PATIENCE);
  const finding = await trial.gateway.find(stored.order, signal);
  expect(finding.is).toBe("applied");
  const never = { ...stored.order, reference: trial.gateway.reference(new Uint8Array(16).fill(7)) };
  if (trial.capabilities.recovery.lookUp?.by === "operation")
    expect((await trial.gateway.find(never, signal)).is).toBe("absent");
}

async function books(trial: Trial) {
  trial.clock.passes(trial.capabilities.recovery.lookUp?.lag ?? 0);
  const { terms, references } = await trial.hold();
  const { id: hold, order, currency, exponent } = terms;
  const snapshot = await trial.gateway.read(
    { hold, order, currency, exponent, references },
    AbortSignal.timeout(PATIENCE),
  );
  expect((await ours(trial)).authorized).toBe((await paymentOf(trial))?.sums.authorized);
  return snapshot;
}
