import type { StaffView } from "@plimsoll/shared";
import { hasEnded, isEnding, type Entry, type Hold, type Instant } from "../../hold/index.ts";

/** A step that came to nothing is news for this long, or until the next one is applied. */
const NEWS = 24 * 60 * 60_000;

type Attention = StaffView["attention"];

/** Where a hold stands in a desk's list: what needs somebody first. */
export function attentionOf(
  hold: Hold,
  shared: Pick<StaffView, "doubt" | "question" | "amounts">,
  now: Instant,
): Attention {
  if (shared.doubt) return "doubt";
  if (hasEnded(hold)) return "calm";
  const news = newsOf(hold, now);
  if (news) return news;
  if (shared.question || shared.amounts.pending > 0) return "waiting";
  return hold.closing || isEnding(hold, now) ? "ending" : "calm";
}

function newsOf(hold: Hold, now: Instant): Attention | undefined {
  const last = hold.entries.reduce<Entry | undefined>(later, undefined);
  if (!last || last.endedAt === null || last.endedAt + NEWS <= now) return undefined;
  return NEWS_OF[last.state];
}

const NEWS_OF: Partial<Record<Entry["state"], Attention>> = {
  denied: "denied",
  lapsed: "lapsed",
  declined: "declined",
  failed: "failed",
};

function later(last: Entry | undefined, entry: Entry): Entry | undefined {
  if (entry.endedAt === null) return last;
  return (last?.endedAt ?? -1) <= entry.endedAt ? entry : last;
}
