import { html, nothing, type TemplateResult } from "lit";
import { endLine, notices, sum } from "../hold/card.ts";
import { freshness } from "../hold/freshness.ts";
import { gauge } from "../hold/gauge.ts";
import { ROWS } from "../hold/ledger.ts";
import { cardName } from "../hold/networks.ts";
import { hasEnded } from "../hold/sight.ts";
import { icon } from "../look/icons.ts";
import { actionsView, bar } from "./actions.ts";
import type { Bench } from "./bench.ts";
import { staffNotice } from "./notices.ts";
import { staffLedger } from "./steps.ts";

/** One hold and what can be done to it. */
export function holdPane(bench: Bench): TemplateResult {
  const { say, form, hands, more } = bench;
  return html`<div class="view ${form || more ? "acting" : ""}">
    <div role="group" class="hold" part="hold" aria-labelledby="label">
      ${head(bench)} ${sum(bench)} ${gauge(bench)} ${notices(say, staffNotice(bench), () => hands.retry())}
      ${steps(bench)} ${foot(bench)}
    </div>
    ${actionsView(bench)} ${form ? nothing : bar(bench)}
  </div>`;
}

function head(bench: Bench): TemplateResult {
  const { hold, tell, listed, headingLevel, hands } = bench;
  const { label, order, card } = hold;
  return html`<div class="head" part="header">
    ${
      listed
        ? html`<button class="leave" part="button" aria-label=${tell("back")} @click=${() => hands.leave()}>
            ${arrow()}
          </button>`
        : nothing
    }
    <div class="merchant" id="label" role="heading" aria-level=${headingLevel} tabindex="-1">${label}</div>
    ${freshness(bench, hasEnded(hold))}
    <div class="descriptor">
      ${[order !== label && tell("order", { order }), cardName(card)].filter(Boolean).join(" · ")}
    </div>
  </div>`;
}

/** The chevron, lying on its side: the seven icons hold no arrow back to a list. */
function arrow(): TemplateResult {
  return html`<span class="chevron"></span>`;
}

function steps(bench: Bench): TemplateResult {
  const { hold, say, money, tell, allSteps, hands } = bench;
  const { amounts } = hold;
  const total = money.plain(hasEnded(hold) ? amounts.former : amounts.held);
  const many = hold.steps.length > ROWS;
  const words =
    many && !allSteps
      ? say("allSteps", { count: String(hold.steps.length) })
      : many
        ? tell("fewerSteps")
        : say("total");
  const line = html`<span class="grow">${words}</span><span class="money">${total}</span>`;
  return html`<div class="steps ${allSteps ? "unfolded" : ""}" part="steps" role="group" aria-label=${tell("steps")}>
    ${staffLedger(bench)}
    <div class="total">
      ${
        many
          ? html`<button class="line" aria-expanded=${allSteps} @click=${() => hands.toggleSteps()}>
              ${line}<span class="chevron"></span>
            </button>`
          : html`<div class="line">${line}</div>`
      }
    </div>
  </div>`;
}

function foot(bench: Bench): TemplateResult {
  const { hold, say, tell, times, now } = bench;
  const { bankMayFree: free, reference } = hold;
  const freed =
    free && tell(Date.parse(free.at) > now ? "bankMayFree" : "bankMayHaveFreed", { date: times.day(free.at) });
  return html`<div class="foot" part="footer">
    ${[endLine(bench), freed].map((line) => (line ? html`<div>${line}</div>` : nothing))}
    <div>${say("reference", { reference })}</div>
  </div>`;
}

/** Nothing is chosen, or nothing has come yet. */
export function blank(words: string): TemplateResult {
  return html`<div class="view">
    <p class="blank">${icon("back", "soft")}<span>${words}</span></p>
  </div>`;
}
