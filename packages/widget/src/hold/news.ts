import type { Hold, HoldStep, Question } from "../live/decode.ts";
import type { Money } from "../words/money.ts";
import { hasEnded, type Say } from "./sight.ts";

/** What happened between two views of one hold. */
export interface News {
  /** New, or in another state than before. */
  readonly steps: readonly HoldStep[];
  readonly question: Question | undefined;
  readonly ended: boolean;
}

export function newsBetween(before: Hold | undefined, after: Hold): News {
  const known = new Map(before?.steps.map((step) => [step.id, step]));
  return {
    steps: before ? after.steps.filter((step) => changed(known.get(step.id), step)) : [],
    question: after.question && after.question.id !== before?.question?.id ? after.question : undefined,
    ended: before !== undefined && hasEnded(after) && !hasEnded(before),
  };
}

function changed(before: HoldStep | undefined, after: HoldStep): boolean {
  return !before || before.state !== after.state || before.doubt !== after.doubt || before.applied !== after.applied;
}

/**
 * What a screen reader says about it: what has happened to the money, the question, a doubt; never that something
 * is under way. `notice` is the sentence that the card shows.
 */
export function heard(before: Hold, after: Hold, notice: string, say: Say, money: Money): string[] {
  const sentences: string[] = [];
  const news = newsBetween(before, after);
  const gained = after.amounts.held - before.amounts.held;
  const held = money.plain(after.amounts.held);
  if (news.ended) {
    if (after.amounts.captured > 0)
      sentences.push(say("heardCharged", { amount: money.plain(after.amounts.captured) }));
    sentences.push(notice);
  } else if (before.lifecycle === "opening" && after.lifecycle === "open") sentences.push(say("heardPlaced", { held }));
  else if (gained > 0) sentences.push(say("heardRaised", { amount: money.plain(gained), held }));
  else if (gained < 0) sentences.push(say("heardLowered", { amount: money.plain(-gained), held }));
  const refused = news.steps.some(({ state }) => state === "declined" || state === "failed");
  if (!news.ended && (refused || (after.doubt && !before.doubt))) sentences.push(notice);
  if (news.question) {
    sentences.push(
      say("waitingForYou", { merchant: after.merchant.name }),
      say("askTitle", { total: money.plain(news.question.total) }),
    );
  }
  return sentences;
}
