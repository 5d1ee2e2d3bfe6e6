import { html, nothing, type TemplateResult } from "lit";
import type { Hold } from "../live/decode.ts";
import { icon } from "../look/icons.ts";
import { vars } from "../look/vars.ts";
import type { HoldName } from "../words/en.ts";
import { freshness } from "./freshness.ts";
import { gauge } from "./gauge.ts";
import { cardName } from "./networks.ts";
import { ledger, ROWS } from "./ledger.ts";
import { noticeOf } from "./notice.ts";
import { endRows } from "./end.ts";
import { hasEnded, isQuestioned, type Notice, type Say, type Sight } from "./sight.ts";

/** What the element adds to the sight: what is unfolded, and the parts that act. */
export interface Frame {
  readonly ribbon: "demo" | "test" | undefined;
  readonly headingLevel: number;
  readonly unfolded: { readonly steps: boolean; readonly bank: boolean };
  readonly unfold: (fold: "steps" | "bank") => void;
  readonly retry: () => void;
  /** The question, while one is open. */
  readonly ask: TemplateResult | undefined;
  /** The content of the lower disclosure. */
  readonly bank: () => TemplateResult;
}

/** The card: head, sum, gauge, notice, stage, total, disclosure, foot. Its height changes only by a tap. */
export function card(sight: Sight, frame: Frame): TemplateResult {
  const { hold, say } = sight;
  const notice = noticeOf(sight);
  const ended = hasEnded(hold);
  const { unfolded } = frame;
  return html`
    ${frame.ribbon ? html`<div class="ribbon">${say(frame.ribbon)}</div>` : nothing} ${head(sight, frame.headingLevel)}
    ${sum(sight)} ${gauge(sight)} ${notices(say, notice, frame.retry)}
    <div class="stage" part="stage">${frame.ask ?? stage()}</div>
    ${totalRow(sight, frame)}
    <div class="fold">
      ${toggle(unfolded.bank, () => frame.unfold("bank"), html`<span class="grow">${say(ended ? "forBank" : "bankTitle")}</span>`)}
      ${unfolded.bank ? html`<div class="bank" part="bank">${frame.bank()}</div>` : nothing}
    </div>
    ${foot(sight)}
  `;

  function stage(): TemplateResult {
    const rows = ended && hold.lifecycle !== "declined" && hold.lifecycle !== "failed";
    if (!rows) return ledger(sight, unfolded.steps);
    return html`${endRows(sight)}${unfolded.steps ? ledger(sight, true) : nothing}`;
  }
}

function head(sight: Sight, level: number): TemplateResult {
  const { merchant, card: payment } = sight.hold;
  return html`<div class="head" part="header">
    <slot name="logo"></slot>
    <div class="merchant" role="heading" aria-level=${level}>${merchant.name}</div>
    ${freshness(sight, hasEnded(sight.hold))}
    <div class="descriptor">${[merchant.descriptor, cardName(payment)].filter(Boolean).join(" · ")}</div>
  </div>`;
}

/** The one amount that is shown large, and what it is. */
export function sum({ hold, say, money }: Sight): TemplateResult {
  const [minor, caption] = headline(hold);
  const amount = money.plain(minor);
  return html`<div class="sum" ${vars({ "--chars": String(amount.length) })}>
    <div class="amount money" part="amount">${hold.lifecycle === "failed" ? html`<s>${amount}</s>` : amount}</div>
    <div class="caption" part="caption">${caption ? say(caption) : ""}</div>
  </div>`;
}

/** The one notice, with *Try again* where that can help. */
export function notices(say: Say, notice: Notice, retry: () => void): TemplateResult {
  const { text, icon: drawing, tone } = notice;
  return html`<div class="notices">
    <div class="notice" part="notice">
      ${drawing ? icon(drawing, tone ?? "") : nothing}
      <p tabindex="-1">${text}</p>
    </div>
    ${notice.kind === "retry" ? html`<button class="quiet" part="button" @click=${retry}>${say("tryAgain")}</button>` : nothing}
  </div>`;
}

/** The one amount that is shown large, in minor units, and what it is. */
export function headline(hold: Hold): readonly [minor: number, caption: HoldName | undefined] {
  const { amounts } = hold;
  if (hasEnded(hold) && amounts.captured > 0) return [amounts.captured, "charged"];
  if (isQuestioned(hold)) return [amounts.held, "beingChecked"];
  const [which, caption] = HEADLINES[hold.lifecycle];
  return [amounts[which], caption];
}

// What ended without a charge shows what was captured: nothing.
const HEADLINES: Readonly<Record<Hold["lifecycle"], readonly [keyof Hold["amounts"], HoldName?]>> = {
  opening: ["requested", "placing"],
  waiting: ["requested", "placing"],
  open: ["held", "onHold"],
  capturing: ["held", "onHold"],
  reversing: ["held", "beingReleased"],
  captured: ["captured", "charged"],
  reversed: ["captured", "released"],
  expired: ["captured", "ended"],
  declined: ["captured", "nothingOnHold"],
  failed: ["requested", "nothingOnHold"],
  other: ["held"],
};

function totalRow({ hold, say, money }: Sight, { unfolded, unfold, ask }: Frame): TemplateResult {
  const { steps, amounts, lifecycle } = hold;
  const ended = hasEnded(hold);
  const folded =
    steps.length > ROWS || ask !== undefined || (ended && lifecycle !== "declined" && lifecycle !== "failed");
  const total = money.plain(ended ? amounts.former : amounts.held);
  const label = folded && steps.length > 1 ? say("allSteps", { count: String(steps.length) }) : say("total");
  const words = html`<span class="grow">${label}</span><span class="money">${total}</span>`;
  if (amounts.former === 0 && amounts.held === 0) return html`<div class="total empty"></div>`;
  return folded && steps.length > 1
    ? html`<div class="total">${toggle(unfolded.steps, () => unfold("steps"), words)}</div>`
    : html`<div class="total"><div class="line">${words}</div></div>`;
}

function toggle(open: boolean, press: () => void, words: TemplateResult): TemplateResult {
  return html`<button class="line" aria-expanded=${open} @click=${press}>
    ${words}<span class="chevron"></span>
  </button>`;
}

function foot(sight: Sight): TemplateResult {
  const { hold, say } = sight;
  const until = endLine(sight);
  return html`<div class="foot" part="footer">
    ${until ? html`<div>${until}</div>` : nothing}
    <div>${say("reference", { reference: hold.reference })}</div>
    <slot name="help"></slot><slot name="actions"></slot><slot name="footer"></slot>
  </div>`;
}

/** When the hold ends or ended; empty where nobody can say. */
export function endLine({ hold: { ends, ended }, say, times }: Sight): string {
  if (ended) return say("endedAt", { date: times.whole(ended) });
  return ends && !ends.passed ? say(ends.estimated ? "endsAbout" : "endsAt", { date: times.whole(ends.at) }) : "";
}
