import { html, nothing, type TemplateResult } from "lit";
import { typedAmount } from "./amount.ts";
import type { Bench } from "./bench.ts";
import { asksPayer, needsConsent, planned, totalWith } from "./draft.ts";
import { choice, field, frame } from "./fields.ts";
import type { Form } from "./form.ts";

/** From so few on, the additions that are left are worth knowing. */
const FEW = 5;

/** Adding to the hold: how much, what for, at once or with the payer's yes, and the new total before it is sent. */
export function raiseForm(bench: Bench, form: Form): TemplateResult {
  const { hold, tell, money, separators } = bench;
  const { draft } = form;
  const { limits, can, amounts } = hold;
  const typed = typedAmount(draft.amount, hold.exponent, separators);
  const plan = planned(draft, hold, separators);
  const asks = asksPayer(draft, hold, typed);
  const amount = money.plain(typed.ok ? typed.minor : 0);
  const content = html`
    ${field(bench, form, plan, "amount")} ${field(bench, form, plan, "reason", tell("reasonHint"))}
    <fieldset>
      <legend class="name">${tell("how")}</legend>
      ${choice(bench, "radio", "automatic", tell("automatic"), !asks, automaticBlocked(), () => ({ asks: false }))}
      ${choice(bench, "radio", "payer", tell("askPayer"), asks, can.propose.ok ? "" : can.propose.reason, () => ({ asks: true }))}
    </fieldset>
    ${
      limits.incrementsLeft !== null && limits.incrementsLeft <= FEW
        ? html`<p class="why">${tell("left", { count: String(limits.incrementsLeft) })}</p>`
        : nothing
    }
    <p class="figure">${typed.ok ? newTotal(typed.minor) : html`&nbsp;`}</p>
  `;
  const button = typed.ok ? tell(asks ? "askNow" : "addNow", { amount }) : tell(asks ? "askPayer" : "add");
  return frame(bench, form, content, plan, button);

  function automaticBlocked(): string {
    if (!can.increment.ok) return can.increment.reason;
    if (limits.raise === 0 && needsConsent(hold, typed)) return tell("anyNeedsYes");
    return needsConsent(hold, typed) ? tell("needsYes", { most: money.plain(limits.raise ?? 0) }) : "";
  }

  function newTotal(minor: number): string {
    const total = money.plain(totalWith(hold, minor));
    return amounts.pending > 0
      ? tell("newTotalPending", { total, pending: money.plain(amounts.pending) })
      : tell("newTotal", { total });
  }
}
