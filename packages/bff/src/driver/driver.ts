import { refuse, type Refusal } from "@plimsoll/shared";
import type { Clock } from "../clock.ts";
import type { Gateway, Notice } from "../gateways/port.ts";
import {
  asksTheGateway,
  decide,
  learn,
  orderRefusal,
  wakeAt,
  type About,
  type Actor,
  type Command,
  type EntryId,
  type Event,
  type Evidence,
  type Hold,
  type HoldId,
  type Instant,
  type OperationId,
} from "../hold/index.ts";
import type { Ids } from "../ids.ts";
import { Forbidden, type Change, type KeyUse, type Namer, type Seen, type Store, type Target } from "../store/store.ts";
import type { Job, Payer } from "./begin.ts";
import { follow, type Followed, type Fresh } from "./follow.ts";
import { disbelieved, orphaned } from "./no-answer.ts";
import { createSweeper } from "./sweeper.ts";
import { createWaiters, rests } from "./waiters.ts";
import { work } from "./work.ts";

export interface DriverParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly ids: Ids;
  /** The gateway account that a hold was opened on. */
  readonly gateway: (account: string) => Gateway | undefined;
  readonly unseal: (sealed: string) => Promise<string>;
  /** Told of every hold that a commit has changed, after the commit. */
  readonly changed: (hold: Hold) => void;
  /** Told of what must not be lost silently. */
  readonly alarm: (what: string, error: unknown) => void;
  /** How long a caller waits for the gateway, in milliseconds, before it sees the step as it stands. */
  readonly patience: number;
}

/** A command as it comes in at a door. */
export interface Submission {
  readonly hold: HoldId;
  readonly command: Command;
  readonly key?: { readonly scope: string; readonly value: string; readonly digest: string };
  /** For `open`: the order, and whether another hold of it in doubt matters. */
  readonly order?: {
    readonly merchant: string;
    readonly mode: Hold["terms"]["mode"];
    readonly gateway: string;
    readonly order: string;
    readonly besides: boolean;
  };
  readonly payer?: Payer;
}

export type Submitted =
  | { readonly hold: Hold; readonly entry: EntryId; readonly replayed: boolean }
  | { readonly refused: Refusal };

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
  const { store, clock, ids } = parts;
  const bench = { clock, request: (id: OperationId) => store.request(id), unseal: parts.unseal, alarm: parts.alarm };
  const waiters = createWaiters(clock);
  /** Jobs of this process at the gateway. */
  const atWork = new Set<Promise<void>>();
  let stopping = false;
  const sweeper = createSweeper({ store, clock, tickNext, alarm: parts.alarm });

  async function submit(submission: Submission): Promise<Submitted> {
    // That somebody said to look is written down all the same, for the process that comes next.
    if (stopping && submission.command.do !== "hint") return { refused: refuse("stopping") };
    const started = clock.monotonic();
    const accepted = await store.commit(targetOf(submission), (seen) => accept(seen, submission)).catch(forbidden);
    if ("refused" in accepted) return accepted;
    if (accepted.replayed) return replay(accepted);
    committed(accepted.hold, accepted.job, started);
    const hold = await waiters.until(accepted.hold, (now) => rests(now, accepted.entry), parts.patience);
    return { hold, entry: accepted.entry, replayed: false };
  }

  type Accepted = { hold: Hold; entry: EntryId; replayed: false; job: Job | undefined };
  type Replayed = { use: KeyUse; replayed: true };

  function accept(seen: Seen, submission: Submission): Change<Accepted | Replayed | { refused: Refusal }> {
    const { command, key, order, payer } = submission;
    if (seen.key) {
      const same = seen.key.digest === key?.digest;
      return { result: same ? { use: seen.key, replayed: true } : { refused: refuse("key_conflict") } };
    }
    const now = clock.now();
    const twice = order && orderRefusal(seen.sameOrder, order.besides, now);
    if (twice) return { result: { refused: twice } };
    const decision = decide(seen.hold, command, now);
    if ("refused" in decision) return { result: decision };
    const fresh = { events: decision.events, now, actor: command.by, cause: command.do, ...(payer ? { payer } : {}) };
    const followed = followOn(seen.hold, fresh);
    // Accepting what nobody can send would be a promise that can't be kept.
    if (asksTheGateway(command) && !parts.gateway(followed.hold.terms.account))
      return { result: { refused: refuse("gateway_unavailable") } };
    return acceptance(followed, "entry" in command ? command.entry : "", key?.digest);
  }

  function acceptance({ hold, job, write }: Followed, entry: EntryId, digest: string | undefined): Change<Accepted> {
    const result = { hold, entry, replayed: false, job } as const;
    if (!write) return { result };
    const key = digest === undefined ? {} : { key: { digest, hold: hold.terms.id, entry } };
    return { result, write: { ...write, ...key } };
  }

  async function replay({ use }: Replayed): Promise<Submitted> {
    const hold = await store.load(use.hold);
    return hold ? { hold, entry: use.entry, replayed: true } : { refused: refuse("not_found") };
  }

  /** Draining begins nothing new. */
  function followOn(before: Hold | undefined, fresh: Fresh): Followed {
    const account = before?.terms.account ?? openedAccount(fresh.events);
    return follow(before, fresh, stopping ? undefined : parts.gateway(account), ids);
  }

  function tell(hold: Hold): void {
    waiters.tell(hold);
    parts.changed(hold);
    sweeper.schedule(wakeAt(hold));
  }

  function committed(hold: Hold, job: Job | undefined, started: number): void {
    tell(hold);
    if (!job) return;
    const driving = drive(hold.terms.id, job, started)
      .catch((error: unknown) => parts.alarm(`hold ${hold.terms.id} could not be driven on`, error))
      .finally(() => atWork.delete(driving));
    atWork.add(driving);
  }

  /** Job after job on one hold, until its next step is to wait. */
  async function drive(hold: HoldId, first: Job, began: number): Promise<void> {
    let job: Job | undefined = first;
    let started = began;
    while (job) {
      const gateway = parts.gateway(job.hold.terms.account);
      if (!gateway) return;
      const evidence = await work(job, gateway, bench, started);
      const about = job.do === "read" ? null : { operation: job.operation.id, entry: job.operation.entry };
      started = clock.monotonic();
      job = await take(hold, about, evidence);
    }
  }

  /** Takes evidence in; the commit that does so also begins what follows from it. No answer is ever dropped. */
  async function take(id: HoldId, about: About | null, evidence: Evidence): Promise<Job | undefined> {
    const learnt = (what: Evidence) =>
      surely(() => absorb(id, (hold, now) => learn(hold, about, what, now), evidence.from));
    const taken = await learnt(evidence).catch((error: unknown) => {
      if (!(error instanceof Forbidden)) throw error;
      // The database forbids what the answer says (another hold stands for that payment): it can't be believed.
      parts.alarm(`an answer on ${id} can't be true`, error);
      return learnt(disbelieved(evidence));
    });
    if (taken) tell(taken.hold);
    return taken?.job;
  }

  /** One commit on a hold that exists: fresh events, what the clock and the rules add, and the next step begun. */
  function absorb(id: HoldId, fresh: (hold: Hold, now: Instant) => readonly Event[], cause: string) {
    return store.commit({ hold: id }, (seen) => absorbing(seen, fresh, cause));
  }

  function absorbing(
    { hold: before }: Seen,
    fresh: (hold: Hold, now: Instant) => readonly Event[],
    cause: string,
  ): Change<{ hold: Hold; job: Job | undefined } | undefined> {
    if (!before) return { result: undefined };
    const now = clock.now();
    const { hold, job, write } = followOn(before, { events: fresh(before, now), now, actor: null, cause });
    return { result: { hold, job }, ...(write ? { write } : {}) };
  }

  /** Tries until the store takes it: what a gateway has answered is kept in hand meanwhile. */
  async function surely<T>(commit: () => Promise<T>): Promise<T> {
    for (let pause = 50; ; pause = Math.min(pause * 2, 5_000)) {
      try {
        return await commit();
      } catch (error) {
        if (error instanceof Forbidden) throw error;
        parts.alarm("an answer could not be written yet", error);
        await new Promise<void>((resolve) => void clock.after(pause, resolve));
      }
    }
  }

  /** Lets time pass on one hold: lapses, deadlines, looks that have fallen due. */
  async function tick(
    id: HoldId,
    fresh: (hold: Hold, now: Instant) => readonly Event[] = () => [],
  ): Promise<Hold | undefined> {
    if (stopping) return undefined;
    const started = clock.monotonic();
    const ticked = await absorb(id, fresh, "clock");
    if (ticked) committed(ticked.hold, ticked.job, started);
    return ticked?.hold;
  }

  /** The same on the hold that has been due for longest; says which one that was. */
  async function tickNext(except: ReadonlySet<HoldId>): Promise<HoldId | undefined> {
    if (stopping) return undefined;
    const started = clock.monotonic();
    const due = await store.commitDue(clock.now(), except, (seen) => absorbing(seen, () => [], "clock"));
    if (due?.result) committed(due.result.hold, due.result.job, started);
    return due?.hold;
  }

  async function start(): Promise<void> {
    // An exclusive store belongs to one process at a time: whoever made an attempt that is still open is gone. Found is
    // found early; absence still counts only after the quiet time.
    for (const id of await store.unfinished()) {
      const hold = await tick(id, store.exclusive ? orphaned : undefined).catch((error: unknown) => {
        parts.alarm(`hold ${id} could not be taken up`, error);
        return undefined;
      });
      if (hold && !parts.gateway(hold.terms.account)) {
        parts.alarm(`hold ${id} is on account ${hold.terms.account}, which is not configured`, undefined);
      }
    }
    sweeper.schedule(clock.now());
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
      if (taken) committed(taken.hold, taken.job, started);
    } catch (error) {
      if (!(error instanceof Forbidden) || error.rule !== "unique_payment") throw error;
      // Told again it would be no truer.
      parts.alarm(`a notice on ${named.hold} can't be true`, error);
      return look();
    }
  }

  return { submit, hint, notice, start, stop };
}

function targetOf({ hold, key, order }: Submission): Target {
  return { hold, ...(key ? { key } : {}), ...(order ? { order } : {}) };
}

function openedAccount(events: readonly Event[]): string {
  const [opened] = events;
  return opened?.type === "opened" ? opened.terms.account : "";
}

/** What the database forbids is a refusal where somebody can do something about it, and a fault otherwise. */
function forbidden(error: unknown): { refused: Refusal } {
  if (error instanceof Forbidden && error.rule === "unique_payment") return { refused: refuse("duplicate_payment") };
  throw error;
}
