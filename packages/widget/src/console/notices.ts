import { noticeOf } from "../hold/notice.ts";
import type { Notice } from "../hold/sight.ts";
import type { Bench } from "./bench.ts";

/** The one sentence that matters most to the desk; where staff have to know no more than the payer, the payer's. */
export function staffNotice(bench: Bench, told = false): Notice {
  return doubt(bench) ?? question(bench) ?? unanswered(bench) ?? noticeOf(bench, told);
}

function doubt({ hold, tell, times }: Bench): Notice | undefined {
  if (!hold.doubt) return undefined;
  const { kind, nextLook } = hold.doubt;
  const icon = { kind: "doubt", icon: "triangle", tone: "warn" } as const;
  switch (kind) {
    case "no_answer":
      return { ...icon, text: nextLook ? tell("noAnswerUntil", { time: times.clock(nextLook) }) : tell("noAnswer") };
    case "contradicted":
      return { ...icon, text: tell("contradicted") };
    case "review":
      return { ...icon, text: tell("review") };
    case "other":
      return undefined;
  }
}

function question({ hold, tell, money, times }: Bench): Notice | undefined {
  const { question: asked } = hold;
  if (!asked?.until) return undefined;
  const text = tell("waitingUntil", { amount: money.plain(asked.amount), time: times.clock(asked.until) });
  return { kind: "question", text, icon: "question" };
}

/** The payer said no, or nothing: said as long as the view says that it matters. */
function unanswered({ hold, tell, money, connection }: Bench): Notice | undefined {
  const { attention } = hold;
  if (connection.state === "failed" || (attention !== "denied" && attention !== "lapsed")) return undefined;
  const step = hold.steps.findLast(({ state }) => state === attention);
  if (!step || step.kind === "capture") return undefined;
  const values = { amount: money.plain(step.asked), held: money.plain(hold.amounts.held) };
  return {
    kind: attention,
    text: tell(attention === "denied" ? "saidNo" : "notAnswered", values),
    icon: "triangle",
    tone: "bad",
  };
}
