import { refuse } from "@plimsoll/shared";
import type { Clock } from "../clock.ts";
import type { Gateway, Notice } from "../gateways/port.ts";
import { learn, wakeAt, type Actor, type Event, type Evidence, type Hold, type HoldId } from "../hold/index.ts";
import type { Ids } from "../ids.ts";
import { Forbidden, type Change, type KeyUse, type Namer, type Seen, type Store, type Target } from "../store/store.ts";
import { accept, forbidden, refusal } from "./accept.ts";
import { alertsOf } from "./alerts.ts";
import type { Job } from "./begin.ts";
import { follow, type Hand, type Made } from "./follow.ts";
import { orphaned } from "./no-answer.ts";
import { createSilences } from "./silences.ts";
import type { Submission, Submitted } from "./submission.ts";
import { createSweeper } from "./sweeper.ts";
import { createTaker, type Absorbed } from "./take.ts";
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
  /** Jobs of this process at the gateway. */
  const atWork = new Set<Promise<void>>();
  let stopping = false;
  const take = createTaker({ clock, alarm, absorb, stopping: () => stopping });
  const silences = createSilences({ store, clock, alarm, tick });
  const sweeper = createSweeper({ store, clock, tickNext, alarm });

  async function submit(submission: Submission): Promise<Submitted> {
    // That somebody said to look is written down all the same, for the process that comes next.
    const refuses = () => stopping && submission.command.do !== "hint";
    if (refuses()) return { refused: refuse("stopping") };
    const started = clock.monotonic();
    const change = (seen: Seen) =>
      refuses()
        ? { result: refusal("stopping") }
        : accept(seen, submission, clock.now(), (account) => handOf(account, seen.paused));
    const accepted = await store.commit(targetOf(submission), change).catch(forbidden);
    if (accepted.is === "refused") return { refused: accepted.refused };
    if (accepted.is === "replayed") return replay(accepted.use);
    committed(accepted, started);
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

  function committed({ hold, job, events }: Absorbed, started: number): void {
    tell(hold, events);
    if (!job) return;
    const driving = drive(hold.terms.id, job, started)
      .catch((error: unknown) => alarm(`hold ${hold.terms.id} could not be driven on`, error))
      .finally(() => atWork.delete(driving));
    atWork.add(driving);
  }

  function tell(hold: Hold, events: readonly Event[]): void {
    parts.changes.tell(hold);
    sweeper.schedule(wakeAt(hold));
    for (const what of alertsOf(hold, events)) parts.alert(what);
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
      started = clock.monotonic();
      const taken: Absorbed | undefined = await take(hold, about, evidence);
      if (taken) tell(taken.hold, taken.events);
      silences.heard(account, evidence);
      job = taken?.job;
    }
  }

  /** One commit on a hold that exists: fresh events, what the clock and the rules add, and the next step begun. */
  function absorb(id: HoldId, fresh: Made, cause: string): Promise<Absorbed | undefined> {
    return store.commit({ hold: id }, (seen) => absorbing(seen, fresh, cause));
  }

  function absorbing({ hold: before, paused }: Seen, fresh: Made, cause: string): Change<Absorbed | undefined> {
    if (!before) return { result: undefined };
    const now = clock.now();
    const made = { events: fresh(before, now), now, actor: null, cause };
    const { hold, job, write } = follow(before, made, handOf(before.terms.account, paused));
    return { result: { hold, job, events: write?.events ?? [] }, ...(write ? { write } : {}) };
  }

  /** Lets time pass on one hold: lapses, deadlines, looks that have fallen due. */
  async function tick(id: HoldId, fresh: Made = nothing): Promise<Hold | undefined> {
    if (stopping) return undefined;
    const started = clock.monotonic();
    const ticked = await absorb(id, fresh, "clock");
    if (ticked) committed(ticked, started);
    return ticked?.hold;
  }

  /** The same on the hold that has been due for longest; says which one that was. */
  async function tickNext(except: ReadonlySet<HoldId>): Promise<HoldId | undefined> {
    if (stopping) return undefined;
    const started = clock.monotonic();
    const due = await store.commitDue(clock.now(), except, (seen) => absorbing(seen, nothing, "clock"));
    if (due?.result) committed(due.result, started);
    return due?.hold;
  }

  async function start(): Promise<void> {
    if (store.exclusive) await takeUp();
    sweeper.schedule(clock.now());
  }

  /**
   * An exclusive store belongs to one process at a time: whoever made an attempt that is still open is gone. Found is
   * found early; absence still counts only after the quiet time. On a shared one the attempt's deadline tells.
   */
  async function takeUp(): Promise<void> {
    for (const id of await store.unfinished()) {
      const hold = await tick(id, orphaned).catch((error: unknown) => {
        alarm(`hold ${id} could not be taken up`, error);
        return undefined;
      });
      if (hold && !parts.gateway(hold.terms.account)) {
        alarm(`hold ${id} is on account ${hold.terms.account}, which is not configured`, undefined);
      }
    }
  }

  async function stop(): Promise<void> {
    stopping = true;
    await sweeper.stop();
    await Promise.allSettled(atWork);
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
    const started = clock.monotonic();
    try {
      const taken = await absorb(named.hold, (hold, now) => learn(hold, named.operation, evidence, now), "notice");
      if (taken) committed(taken, started);
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

function targetOf({ hold, key, order }: Submission): Target {
  return { hold, ...(key ? { key } : {}), ...(order ? { order } : {}) };
}
