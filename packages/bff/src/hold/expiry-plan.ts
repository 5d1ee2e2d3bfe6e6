import { expiryOf, warnAt } from "./expiry.ts";
import { hasEnded, lifecycle } from "./lifecycle.ts";
import type { Entry, Hold, Instant } from "./model.ts";
import { LONGEST_LINE } from "./profiles.ts";
import { sums } from "./sums.ts";

/** What is to happen to a hold by itself before its time is over, and when. */
export interface Timed {
  readonly do: "extend" | "reverse" | "warn" | "say_passed";
  readonly at: Instant;
}

const HOUR = 3600 * 1000;

/**
 * The next thing that the timer does; null where there is none, or where something else goes first. A pure function of
 * the hold, so that whoever wakes it and whoever acts on it agree.
 */
export function timedNext(hold: Hold): Timed | null {
  const expiry = expiryOf(hold);
  const warning = warnAt(hold);
  if (!expiry || warning === null || !isHolding(hold)) return null;
  const due = [...acts(hold, warning, expiry.captureBy.at), ...says(hold, warning, expiry.captureBy.at)];
  return due.reduce<Timed | null>((first, one) => (first && first.at <= one.at ? first : one), null);
}

/** Whether somebody has to see to this hold: its time is running out, and nothing is left that the timer would do about it. */
export function isEnding(hold: Hold, now: Instant): boolean {
  const warning = warnAt(hold);
  return isHolding(hold) && warning !== null && warning <= now && !isProlonged(hold, warning);
}

/** Open, and with something on hold: where all of it is captured in parts, nothing can run out. */
function isHolding(hold: Hold): boolean {
  return !hasEnded(hold) && lifecycle(hold) === "open" && sums(hold).held > 0;
}

function acts(hold: Hold, warning: Instant, captureBy: Instant): Timed[] {
  if (!isFree(hold)) return [];
  return [
    ...atOf("extend", extensions(hold, warning, captureBy)),
    ...atOf("reverse", releases(hold, warning, captureBy)),
  ];
}

function atOf(act: Timed["do"], at: Instant | undefined): Timed[] {
  return at === undefined ? [] : [{ do: act, at }];
}

/**
 * Tried when somebody would be warned and, where that came to nothing, once more when a quarter of the time is over.
 * Only then somebody is told, with the rest of the time to act.
 */
function extensions(hold: Hold, warning: Instant, captureBy: Instant): Instant | undefined {
  if (!extendsItself(hold)) return undefined;
  return [warning, warning + Math.floor((captureBy - warning) / 4)][extensionsTried(hold, warning)];
}

const MOST_EXTENSIONS = 2;

/** One that was answered so that the same again would be declined again, and cost a fee, counts as the last. */
function extensionsTried(hold: Hold, warning: Instant): number {
  const tries = triesSince(hold, "extension", warning);
  return tries.some(isFinal) ? MOST_EXTENSIONS : tries.length;
}

/** The network's word, or an issuer that wants the payer to be there. */
function isFinal({ cause }: Entry): boolean {
  if (cause?.is === "rejected") return cause.again === "never";
  if (cause?.is !== "declined") return false;
  return cause.code === "authentication_required" || cause.advice === "never_again" || cause.advice === "other_data";
}

/** An hour before the end, and once more half an hour before; sooner where the whole time to warn is short. */
function releases(hold: Hold, warning: Instant, captureBy: Instant): Instant | undefined {
  if (hold.terms.forgotten !== "release") return undefined;
  const before = Math.min(HOUR, Math.floor((captureBy - warning) / 4));
  const first = captureBy - before;
  // Whoever brings a hold as late as that, or tries to charge it, has not forgotten it.
  if (first <= hold.terms.openedAt || isAttended(hold, warning)) return undefined;
  return [first, captureBy - Math.floor(before / 2)][triesSince(hold, "reversal", first).length];
}

/**
 * Somebody has tried to charge it as its end came near, and it came to nothing, or has set its sums right, as when a charge
 * has bounced: whoever that was may try again.
 */
function isAttended({ entries }: Hold, warning: Instant): boolean {
  const isOfSomebody = ({ kind, applied }: Entry) => kind === "correction" || (kind === "capture" && applied === 0);
  return entries.some((entry) => isOfSomebody(entry) && entry.endedAt !== null && entry.endedAt >= warning);
}

function says(hold: Hold, warning: Instant, captureBy: Instant): Timed[] {
  const told = hold.warned?.captureBy === captureBy ? hold.warned : null;
  const warn: Timed[] = told || isProlonged(hold, warning) ? [] : [{ do: "warn", at: warning }];
  return told?.passed ? warn : [...warn, { do: "say_passed", at: captureBy }];
}

/** The timer may still have it prolonged, or that is on its way: nobody needs to be told yet. */
function isProlonged(hold: Hold, warning: Instant): boolean {
  if (!extendsItself(hold)) return false;
  const busy = hold.entries.some(
    ({ kind, state }) => kind === "extension" && (state === "queued" || state === "asking"),
  );
  return busy || (isFree(hold) && extensionsTried(hold, warning) < MOST_EXTENSIONS);
}

function extendsItself({ terms }: Hold): boolean {
  return terms.extendAutomatically && terms.capabilities.extension;
}

/** A release is one try, however many steps it takes. */
function triesSince(hold: Hold, kind: Entry["kind"], since: Instant): readonly Entry[] {
  const isTry = (entry: Entry) => entry.kind === kind && entry.by.kind === "timer" && entry.target === null;
  return hold.entries.filter((entry) => isTry(entry) && entry.at >= since);
}

/** Nothing goes on that a step of the timer would have to wait for, or that would refuse it. */
function isFree(hold: Hold): boolean {
  const waiting = hold.entries.filter(({ state }) => state === "queued" || state === "proposed");
  return (
    hold.operations.length === 0 &&
    hold.contradicted === null &&
    hold.closing === null &&
    hold.reading?.blocks !== true &&
    waiting.every(({ state }) => state === "proposed") &&
    waiting.length < LONGEST_LINE
  );
}
