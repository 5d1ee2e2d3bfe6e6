import { html, nothing, type TemplateResult } from "lit";
import type { Question } from "../live/decode.ts";
import type { Sight } from "./sight.ts";

export type Answering = "open" | "inert" | "sending" | "failed" | "stale";

/** The question: the exact new total, the difference, who asks and why, what *No* does, until when. Both answers look the same. */
export function askView(
  { hold, say, money, times }: Sight,
  question: Question,
  answering: Answering,
  answer: (event: MouseEvent, yes: boolean) => void,
): TemplateResult {
  const merchant = hold.merchant.name;
  const held = money.plain(hold.amounts.held);
  const amount = money.plain(question.amount);
  const total = money.plain(question.total);
  const waits = answering === "inert" || answering === "sending";
  const button = (yes: boolean, text: string): TemplateResult =>
    html`<button part="button" aria-disabled=${waits} @click=${(event: MouseEvent) => answer(event, yes)}>
      ${text}
    </button>`;
  return html`<div class="ask" part="ask" role="group" aria-label=${say("askTitle", { total })}>
    <p class="title">${say("askTitle", { total })}</p>
    <p>
      ${question.reason ? say("askWhy", { merchant, amount, reason: question.reason }) : say("askBare", { merchant, amount })}
    </p>
    <div class="answers">
      ${button(false, say("askNo", { held }))}${hold.can.approve.ok ? button(true, say("askYes", { total })) : nothing}
    </div>
    <p class="detail">${footnote()}</p>
  </div>`;

  function footnote(): string {
    if (answering === "sending") return say("sending");
    if (answering === "failed") return say("notSent");
    if (answering === "stale") return say("changed");
    const until = question.until ? ` ${say("askUntil", { time: times.clock(question.until) })}` : "";
    return say("askIfNo", { held }) + until;
  }
}
