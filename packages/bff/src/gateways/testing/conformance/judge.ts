import { expect } from "vitest";
import type { PaymentReport } from "../../../../../sandbox/src/control/reports.ts";
import { sums, type Operation } from "../../../hold/index.ts";
import { PAYMENT } from "../../../store/store.ts";
import { BookedPayments } from "./booked-payments.ts";
import { sumsInBooks, type Sums } from "./books.ts";
import { canBeEnded } from "./can-be-ended.ts";
import { rest } from "./rest.ts";
import type { Trial } from "./trial.ts";

/** What the BFF says of its hold. */
export async function ours(trial: Trial): Promise<Sums> {
  const { authorized, captured, released, lapsed, held } = sums(await trial.hold());
  return { authorized, captured, released, lapsed, held };
}

/** What the gateway's books say of the same payment; nothing where it has none. */
export async function theirs(trial: Trial): Promise<Sums> {
  return sumsInBooks(await paymentOf(trial));
}

export async function paymentOf(trial: Trial): Promise<PaymentReport | undefined> {
  const { gateway } = trial.imitation;
  const { payee } = trial.gateway;
  return (await namesOf(trial)).flatMap((name) => gateway.payment(payee, name) ?? [])[0];
}

/** Under which the gateway's books may have it. */
async function namesOf(trial: Trial): Promise<string[]> {
  const opening = trial.asked.find(({ kind }) => kind === "authorize");
  const names = [(await trial.hold()).references[PAYMENT], opening?.reference, opening?.key];
  return names.filter((name) => name !== undefined);
}

/** The gateway has one payment of this hold, and besides those of other trials none. */
async function expectOnePayment(trial: Trial): Promise<void> {
  const booked = new BookedPayments(trial.imitation.gateway);
  const names = await namesOf(trial);
  expect([...booked.oftenerThanOnce(names), ...booked.strangers([names, ...trial.ground.openings])]).toEqual([]);
}

/**
 * The judge of every case: when all has come to rest, our sums are the gateway's, and nothing is in doubt that the
 * gateway's declarations can end. What they can't, a person ends by what the books say.
 */
export async function expectBooksAgree(trial: Trial): Promise<void> {
  await rest(trial);
  await expectDoubtsEnded(trial);
  const hold = await trial.hold();
  expect(hold.contradicted, "the hold is not contradicted").toBeNull();
  expect(await ours(trial), "our sums are the books'").toEqual(await theirs(trial));
  await expectOnePayment(trial);
  await expectNoSecrets(trial);
  expect(trial.alarms).toEqual([]);
}

/**
 * Books that no declaration of the gateway's could have led to: the hold said so and took nothing more, until they were
 * read and agreed after all, or until a person set it right.
 */
export async function expectContradictionSetRight(trial: Trial): Promise<void> {
  await rest(trial);
  await expectDoubtsEnded(trial);
  const history = await trial.store.history(trial.id);
  expect(history.map(({ event }) => event.type)).toContain("contradicted");
  const hold = await trial.hold();
  if (hold.contradicted && hold.endedAt === null) expect((await trial.add(100)).refused).toBe("contradicted");
  if (hold.contradicted) await setRight(trial);
  // Where nothing can be read and our sums are right, nobody can say so: it goes on to say that it was contradicted.
  if (trial.capabilities.readable) await expectBooksAgree(trial);
  else expect(await ours(trial)).toEqual(await theirs(trial));
}

/** The issuer let go of what was held, and nothing that the gateway answers or shows says so: all else agrees. */
export async function expectOnlyHeldApart(trial: Trial): Promise<void> {
  await rest(trial);
  await expectDoubtsEnded(trial);
  const [known, found] = [await ours(trial), await theirs(trial)];
  const gone = { held: expect.any(Number), lapsed: expect.any(Number), released: expect.any(Number) };
  expect(known).toEqual({ ...found, ...gone });
}

async function setRight(trial: Trial): Promise<void> {
  const { entries } = await trial.hold();
  const [found, known] = [await theirs(trial), await ours(trial)];
  const raised = entries.findLast(({ kind, state }) => kind === "increment" && state === "applied") ?? entries[0];
  const taken = entries.findLast(({ kind, state }) => kind === "capture" && state === "applied");
  const sides = [
    [raised, found.authorized - known.authorized],
    [taken, found.captured - known.captured],
  ] as const;
  for (const [target, difference] of sides) {
    if (target && difference !== 0)
      expect((await trial.does(trial.commands.correct(target.id, difference))).refused).toBeNull();
  }
}

async function expectDoubtsEnded(trial: Trial): Promise<void> {
  const { operations } = await trial.hold();
  for (const operation of operations) {
    expect(canBeEnded(operation, trial.capabilities), `${operation.kind} stays in doubt`).toBe(false);
    await asTheBooksSay(trial, operation);
  }
}

async function asTheBooksSay(trial: Trial, { entry, kind, delta }: Operation): Promise<void> {
  const [found, known] = [await theirs(trial), await ours(trial)];
  const moved = {
    authorize: found.authorized - known.authorized,
    increment: found.authorized - known.authorized,
    capture: found.captured - known.captured,
    reverse: found.released - known.released,
    extend: 0,
  }[kind];
  const applied = moved === delta;
  const payment = applied && kind === "authorize" ? ((await paymentOf(trial))?.id ?? null) : null;
  const word = trial.commands.resolve(entry, applied ? "applied" : "not_applied", payment);
  expect((await trial.does(word)).refused, "a person's word ends it").toBeNull();
}

/** No message, no event and no stored request names what is secret. */
async function expectNoSecrets(trial: Trial): Promise<void> {
  const told = JSON.stringify([await trial.store.history(trial.id), trial.alarms]);
  const secrets = [...trial.conforming.secrets, ...(trial.token === null ? [] : [trial.token])];
  for (const secret of secrets) expect(told).not.toContain(secret);
}
