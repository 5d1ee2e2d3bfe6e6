import { html, nothing, type TemplateResult } from "lit";
import type { Receipt } from "@plimsoll/shared";
import type { Hold } from "../live/decode.ts";
import { cardName } from "./networks.ts";
import { row } from "./ledger.ts";
import { bankDays } from "./notice.ts";
import type { Sight } from "./sight.ts";

/** What became of the hold: charged, what goes back, and when the bank shows it. */
export function endRows({ hold, say, money: amounts, times }: Sight): TemplateResult {
  const { captured } = hold.amounts;
  const { release, rest } = hold;
  const back = givenBack(hold);
  const requested = release?.requested ?? null;
  const days = bankDays(say, release?.shown);
  return html`<ul class="rows">
    ${
      captured > 0
        ? row({
            icon: "tick",
            tone: "good",
            name: say("rowCharged"),
            detail: when(hold.ended),
            amount: amounts.plain(captured),
          })
        : nothing
    }
    ${
      back > 0
        ? row({
            icon: requested ? "tick" : "back",
            tone: "good",
            name: say(requested ? "rowRequested" : "rowGoesBack"),
            detail: rest?.freed ? say("restFrom", { date: times.day(rest.freed.at) }) : when(requested ?? hold.ended),
            amount: amounts.plain(back),
          })
        : nothing
    }
    ${back > 0 && days ? row({ icon: "clock", tone: "soft", name: say("rowShown"), detail: days, amount: "" }) : nothing}
  </ul>`;

  function when(at: string | null): string {
    return at ? times.clock(at) : "";
  }
}

/** What a bank knows the payment by. */
export type References = Pick<Receipt, "networkTransaction" | "approvalCodes">;

/** The receipt for the payer's bank, as text that can be selected and copied. */
export function receiptView({ hold, say, times, money }: Sight, references: References | undefined): TemplateResult {
  const { merchant, card, opened, ended, amounts, reference } = hold;
  const lines: readonly (readonly [string, string | null | undefined])[] = [
    [merchant.name, merchant.descriptor],
    [say("receiptCard"), cardName(card)],
    [say("receiptOpened"), times.whole(opened)],
    [say("receiptEnded"), ended && times.whole(ended)],
    [say("rowCharged"), money.plain(amounts.captured)],
    [say("rowGoesBack"), money.plain(givenBack(hold))],
    [say("receiptNetwork"), references?.networkTransaction],
    [say("receiptCodes"), references?.approvalCodes.join(", ")],
    [say("receiptReference"), reference],
  ];
  return html`<p>${say("receiptLead")}</p>
    <dl class="lines" part="receipt">
      ${lines.map(([name, value]) =>
        value
          ? html`<div>
              <dt>${name}</dt>
              <dd>${value}</dd>
            </div>`
          : nothing,
      )}
    </dl>`;
}

function givenBack({ rest, amounts }: Hold): number {
  return amounts.lapsed + amounts.released + (rest?.amount ?? 0);
}
