import { html, nothing, type TemplateResult } from "lit";
import { typedAmount } from "./amount.ts";
import type { Bench } from "./bench.ts";
import { leavesDoubt, planned, releasedBy } from "./draft.ts";
import { choice, field, frame, sure } from "./fields.ts";
import type { Form } from "./form.ts";

/** Taking the final amount: what it releases stands below it, and a second step repeats both in one sentence. */
export function captureForm(bench: Bench, form: Form): TemplateResult {
  const { hold, tell, say, money, separators } = bench;
  const { draft } = form;
  const typed = typedAmount(draft.amount, hold.exponent, separators);
  const plan = planned(draft, hold, separators);
  const minor = typed.ok ? typed.minor : 0;
  const amount = money.plain(minor);
  const rest = releasedBy(hold, minor);
  const goes = { amount: money.plain(rest) };
  const lapses = rest > 0 && hold.restLapses;
  if (draft.confirming !== null) {
    const words = tell(lapses ? "captureRest" : rest > 0 ? "captureSure" : "captureAll", { amount, rest: goes.amount });
    const late = hold.ends?.passed ? ` ${tell("captureLate")}` : "";
    return frame(bench, form, sure(words + late), plan, tell("captureNow", { amount }));
  }
  const doubtful = money.plain(hold.doubtful?.amount ?? hold.amounts.pending);
  const content = html`
    ${leavesDoubt(hold) ? html`<p>${tell("doubtful", { amount: doubtful })}</p>` : nothing}
    ${field(bench, form, plan, "amount")}
    <p class="figure">${typed.ok ? (lapses ? say("rest", goes) : tell("releases", goes)) : html`&nbsp;`}</p>
    ${
      leavesDoubt(hold)
        ? choice(bench, "checkbox", "leaves", tell("leave", { amount: doubtful }), draft.leaves, "", (leaves) => ({
            leaves,
          }))
        : nothing
    }
  `;
  return frame(bench, form, content, plan, tell("continue"));
}
