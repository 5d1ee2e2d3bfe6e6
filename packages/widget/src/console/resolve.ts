import { html, nothing, type TemplateResult } from "lit";
import { typedAmount } from "./amount.ts";
import type { Bench } from "./bench.ts";
import { planned } from "./draft.ts";
import { choice, field, frame } from "./fields.ts";
import type { Form } from "./form.ts";

/** A person's word on a step in doubt: what the gateway did, how much of it, what shows it, and why they say so. */
export function resolveForm(bench: Bench, form: Form): TemplateResult {
  const { hold, tell, money, separators } = bench;
  const { draft } = form;
  const plan = planned(draft, hold, separators);
  const typed = typedAmount(draft.amount, hold.exponent, separators);
  const { outcome } = draft;
  const content = html`
    <fieldset>
      <legend class="name">${tell("outcome")}</legend>
      ${choice(bench, "radio", "applied", tell("applied"), outcome === "applied", "", () => ({ outcome: "applied" }))}
      ${choice(bench, "radio", "not_applied", tell("notApplied"), outcome === "not_applied", "", () => ({ outcome: "not_applied" }))}
    </fieldset>
    ${outcome === "applied" ? field(bench, form, plan, "amount") : nothing}
    ${field(bench, form, plan, "evidence", tell("evidenceHint"))} ${field(bench, form, plan, "reason")}
  `;
  return frame(bench, form, content, plan, button());

  function button(): string {
    if (outcome === null) return tell("resolveRecord");
    return outcome === "applied"
      ? tell("resolveApplied", { amount: money.plain(typed.ok ? typed.minor : 0) })
      : tell("resolveNot");
  }
}
