import { refuse } from "@plimsoll/shared";
import type { Clock } from "../clock.ts";
import type { Gateway, Notice } from "../gateways/port.ts";
import {
  learn,
  wakeAt,
  type Actor,
  type Event,
  type Evidence,
  type Hold,
  type HoldId,
  type Instant,
} from "../hold/index.ts";
import type { Ids } from "../ids.ts";
import { Forbidden, type Change, type KeyUse, type Namer, type Seen, type Store, type Target } from "../store/store.ts";
import { accept, forbidden, refusal, type Moment } from "./accept.ts";
import { alertsOf } from "./alerts.ts";
import type { Job } from "./begin.ts";
import { follow, type Hand, type Made } from "./follow.ts";
import { orphaned } from "./no-answer.ts";
import { createSilences } from "./silences.ts";
import { strayAnswer } from "./stray-answer.ts";
import type { Submission, Submitted } from "./submission.ts";
import { createSweeper } from "./sweeper.ts";
import { createTaker, LAST_TRIES, type Absorbed } from "./take.ts";
import { createUnderWay } from "./under-way.ts";
import { createWaiters, rests, type Changes } from "./waiters.ts";
import { work } from "./work.ts";

export interface DriverParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly ids: Ids;
  /** The gateway account that a hold was opened on. */
  readonly gateway: (account: string) => Gateway | undefined;
  readonly unseal: (sealed: string) => Promise<string>;
  /** Told of every hold that a commit has changed, after the commit; and tells of those that others have changed. */
  readonly changes: Changes;
  /** Told of what must not be lost silently. */
  readonly alarm: (what: string, error: unknown) => void;
  /** Told which hold a person has to see to, in a sentence. */
  readonly alert: (what: string) => void;
  /** How long a caller waits for the gateway, in milliseconds, before it sees the step as it stands. */
  readonly patience: number;
}

/** Carries, and holds no rule: writes down, asks, hands what comes back to `learn`, and tells. */
export interface Driver {
  submit(submission: Submission): Promise<Submitted>;
  /** Somebody says: look at this hold now. */
  hint(hold: HoldId, by: Actor): Promise<void>;
  /** A gateway told something unasked. What it is about may be nobody's here: then nothing happens. */
  notice(by: Namer, notice: Notice): Promise<void>;
  /** Takes up what an earlier process left, then what falls due. */
  start(): Promise<void>;
  /** Starts nothing new and waits for what is in flight. */
  stop(): Promise<void>;
}

export function createDriver(parts: DriverParts): Driver {
  const { store, clock, ids, alarm } = parts;
  const bench = { clock, request: (id: string) => store.request(id), unseal: parts.unseal, alarm };
  const waiters = createWaiters(clock, parts.changes);
  const underWay = createUnderWay(clock, alarm);
  let stopping = false;
  const take = createTaker({ clock, alarm, absorb, stopping: () => stopping });
  const silences = createSilences({ store, clock, alarm, tick, stopping: () => stopping });
  /** Accounts that are not configured, though holds on them don't rest: known once somebody has looked. */
  let strays: ReadonlySet<string> | undefined;
  const nextWake = () => store.nextWake(strays && { accounts: strays });
  const sweeper = createSweeper({ store: { exclusive: store.exclusive, nextWake }, clock, tickNext, alarm });

  async function submit(submission: Submission): Promise<Submitted> {
    // That somebody said to look is written down all the same, for the process that comes next.
    const refuses = () => stopping && submission.command.do !== "hint";
    if (refuses()) return { refused: refuse("stopping") };
    const change = (seen: Seen) =>
      refuses()
        ? { result: refusal("stopping") }
        : accept(seen, submission, moment(), (account) => handOf(account, seen.paused));
    const accepted = await committing(
      () => store.commit(targetOf(submission), change).catch(forbidden),
      (one) => (one.is === "accepted" ? one : undefined),
    );
    if (accepted.is === "refused") return { refused: accepted.refused };
    if (accepted.is === "replayed") return replay(accepted.use);
    const hold = await waiters.until(accepted.hold, (now) => rests(now, accepted.entry), parts.patience);
    return { hold, entry: accepted.entry, replayed: false };
  }

  async function replay(use: KeyUse): Promise<Submitted> {
    const hold = await store.load(use.hold);
    return hold ? { hold, entry: use.entry, replayed: true } : { refused: refuse("not_found") };
  }

  /** Draining begins nothing new. */
  function handOf(account: string, paused: boolean): Hand {
    return { gateway: stopping ? undefined : parts.gateway(account), paused, ids };
  }

  function moment(): Moment {
    return { now: clock.now(), started: clock.monotonic() };
  }

  /** One commit, and what it begins. A stop waits for both. */
  function committing<T>(commit: () => Promise<T>, left: (result: T) => Absorbed | undefined): Promise<T> {
    const committed = async () => {
      try {
        const result = await commit();
        const absorbed = left(result);
        if (absorbed) begins(absorbed);
        return result;
      } catch (error) {
        // It may stand all the same, and nobody has heard of it, nor when it wants to be looked at.
        sweeper.schedule(clock.now());
        parts.changes.missed();
        throw error;
      }
    };
    return underWay.count(committed());
  }

  function begins(absorbed: Absorbed): void {
    const { hold, job } = absorbed;
    const { id } = hold.terms;
    const failed = (error: unknown) => alarm(`hold ${id} could not be driven on`, error);
    if (job) underWay.drives(id, drive(id, job, absorbed.started).catch(failed), job.limit);
    tell(absorbed);
  }

  /** What is begun does not hang on who hears of it, and nobody's hearing on another's. */
  function tell({ hold, events }: Absorbed): void {
    sweeper.schedule(wakeAt(hold));
    const alerts = alertsOf(hold, events).map((what) => () => parts.alert(what));
    for (const tells of [() => parts.changes.tell(hold), ...alerts]) {
      try {
        tells();
      } catch (error) {
        alarm(`not everybody could be told of hold ${hold.terms.id}`, error);
      }
    }
  }

  /** Job after job on one hold, until its next step is to wait. */
  async function drive(hold: HoldId, first: Job, began: number): Promise<void> {
    let job: Job | undefined = first;
    let started = began;
    while (job) {
      const { account } = job.hold.terms;
      const gateway = parts.gateway(account);
      if (!gateway) return;
      const evidence = await work(job, gateway, bench, started);
      const about = job.do === "read" ? null : { operation: job.operation.id, entry: job.operation.entry };
      const taken: Absorbed | undefined = await take(hold, about, evidence);
      if (taken) tell(taken);
      const stray = taken ? undefined : strayAnswer(job, evidence);
      if (stray !== undefined) alarm(stray, undefined);
      silences.heard(account, evidence);
      job = taken?.job;
      started = taken?.started ?? started;
    }
  }

  /** One commit on a hold that exists: fresh events, what the clock and the rules add, and the next step begun. */
  function absorb(
    id: HoldId,
    fresh: Made,
    cause: string,
    makes: (absorbed: Absorbed) => void = () => {},
  ): Promise<Absorbed | undefined> {
    return store.commit({ hold: id }, (seen) => {
      const change = absorbing(seen, fresh, cause);
      if (change.result) makes(change.result);
      return change;
    });
  }

  function absorbing({ hold: before, paused }: Seen, fresh: Made, cause: string): Change<Absorbed | undefined> {
    if (!before) return { result: undefined };
    const { now, started } = moment();
    const made = { events: fresh(before, now), now, actor: null, cause };
    const { hold, job, write } = follow(before, made, handOf(before.terms.account, paused));
    const result = { hold, job, events: write?.events ?? [], started };
    return { result, ...(write ? { write } : {}) };
  }

  /** Lets time pass on one hold: lapses, deadlines, looks that have fallen due. */
  async function tick(id: HoldId, fresh: Made = nothing): Promise<Hold | undefined> {
    if (stopping) return undefined;
    const ticked = await committing(() => absorb(id, fresh, "clock"), itself);
    return ticked?.hold;
  }

  /** The same on the hold that has been due for longest; says which one that was. */
  async function tickNext(holds: ReadonlySet<HoldId>): Promise<HoldId | undefined> {
    if (stopping) return undefined;
    strays ??= await findStrays();
    const except = { holds, accounts: strays };
    const change = (seen: Seen) => absorbing(seen, nothing, "clock");
    const due = await committing(
      () => store.commitDue(clock.now(), except, change),
      (one) => one?.result,
    );
    return due?.hold;
  }

  /** Nothing can be done about these: they would stay due for ever, and be looked at before all others. */
  async function findStrays(): Promise<ReadonlySet<string>> {
    const accounts = (await store.awaitedAccounts()).filter((account) => !parts.gateway(account));
    for (const account of accounts) {
      alarm(
        `there are holds on account ${account}, which is not configured: nothing is done about them until it is`,
        undefined,
      );
    }
    return new Set(accounts);
  }

  async function start(): Promise<void> {
    if (store.exclusive) await takeUp();
    sweeper.schedule(clock.now());
  }

  /**
   * An exclusive store belongs to one process at a time: whoever made an attempt that is still open, and is not this one,
   * is gone. Found is found early; absence still counts only after the quiet time. On a shared one the deadline tells.
   */
  async function takeUp(): Promise<void> {
    const left = (hold: Hold, now: Instant) => (underWay.isDriven(hold.terms.id) ? [] : orphaned(hold, now));
    for (const id of await store.unfinished()) {
      await tick(id, left).catch((error: unknown) => alarm(`hold ${id} could not be taken up`, error));
    }
  }

  async function stop(): Promise<void> {
    stopping = true;
    silences.stop();
    await sweeper.stop();
    await underWay.ended(LAST_TRIES);
    waiters.stop();
  }

  async function hint(hold: HoldId, by: Actor): Promise<void> {
    await submit({ hold, command: { do: "hint", by } });
  }

  async function notice(by: Namer, { about, says }: Notice): Promise<void> {
    const named = await store.named(by, about);
    if (!named) return;
    const look = () => hint(named.hold, { kind: "gateway", name: by.gateway });
    if (says === null) return look();
    const evidence: Evidence = says.is === "expired" ? { from: "expiry" } : { from: "notice", outcome: says };
    // Without an operation to be about, a verdict is only a reason to look.
    if (evidence.from === "notice" && !named.operation) return look();
    const learnt: Made = (hold, now) => learn(hold, named.operation, evidence, now);
    try {
      await committing(() => absorb(named.hold, learnt, "notice"), itself);
    } catch (error) {
      if (!(error instanceof Forbidden) || error.rule !== "unique_payment") throw error;
      // Told again it would be no truer.
      alarm(`a notice on ${named.hold} can't be true`, error);
      return look();
    }
  }

  return { submit, hint, notice, start, stop };
}

function nothing(): readonly Event[] {
  return [];
}

function itself(absorbed: Absorbed | undefined): Absorbed | undefined {
  return absorbed;
}

function targetOf({ hold, key, order }: Submission): Target {
  return { hold, ...(key ? { key } : {}), ...(order ? { order } : {}) };
}
