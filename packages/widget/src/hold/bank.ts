import { html, nothing, type TemplateResult } from "lit";
import type { Sight } from "./sight.ts";

/**
 * What a bank may show while the hold stands: one pending line that grows, or one a step (Stripe,
 * "Increment an authorization": some issuers show each increment as a separate entry). And why there is a hold.
 */
export function bankView({ hold, say, money }: Sight): TemplateResult {
  const { merchant, amounts, steps, card } = hold;
  const applied = steps.filter(
    ({ state, sign, applied: amount, kind }) => state === "applied" && sign > 0 && amount > 0 && kind !== "capture",
  );
  const line = (amount: number): TemplateResult =>
    html`<li><span>${merchant.descriptor}</span><span class="money">${money.plain(amount)}</span></li>`;
  return html`
    ${
      amounts.held > 0
        ? html`<p>${say("bankOne")}</p>
            <ul class="lines">
              ${line(amounts.held)}
            </ul>`
        : nothing
    }
    ${
      applied.length > 1
        ? html`<p>${say("bankMany")}</p>
            <ul class="lines">
              ${applied.map(({ applied: amount }) => line(amount))}
            </ul>`
        : nothing
    }
    <p>${say("bankLater")}</p>
    <p><b>${say("whyTitle")}</b> ${say("why", { merchant: merchant.name })}</p>
    ${card?.funding === "debit" || card?.funding === "prepaid" ? html`<p>${say("balance")}</p>` : nothing}
  `;
}
