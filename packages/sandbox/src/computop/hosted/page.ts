import { toDecimal } from "../../currency.ts";
import { cardReports } from "../cards.ts";

export interface PayPage {
  readonly merchant: string;
  /** Minor units. */
  readonly amount: number;
  readonly currency: string;
  readonly exponent: number;
  /** For the page's own style under its content security policy. */
  readonly nonce: string;
}

/** The imitated hosted payment page: one form without script, so that it also works in a test without a browser. */
export function payPage({ merchant, amount, currency, exponent, nonce }: PayPage): string {
  const choices = cardReports
    .map(
      ({ name, label, lastFour }, index) =>
        `<label><input type="radio" name="card" value="${name}"${index === 0 ? " checked" : ""}><span>${label}</span><span class="digits" aria-label="ending in ${lastFour}">•••• ${lastFour}</span></label>`,
    )
    .join("");
  return whole(
    "Pay by card",
    nonce,
    `<h1>${toDecimal(amount, exponent)} ${currency}</h1>
<p class="soft">to ${merchant}</p>
<form method="post">
<fieldset>
<legend>Pay with a test card</legend>
${choices}
</fieldset>
<button type="submit">Pay</button>
<button type="submit" name="cancel" value="true" class="plain">Cancel</button>
</form>`,
  );
}

/** A page for an address that leads to no payment that waits. */
export function endedPage(nonce: string): string {
  return whole(
    "Nothing to pay",
    nonce,
    `<h1>Nothing to pay here</h1><p class="soft">This payment is made, cancelled, out of time or not known.</p>`,
  );
}

function whole(title: string, nonce: string, content: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<style nonce="${nonce}">${style}</style>
</head>
<body>
<main>
${content}
<p class="soft">Sandbox: no real card, no money.</p>
</main>
</body>
</html>
`;
}

const style = `
:root { font: 16px/1.4 system-ui, sans-serif; --ink: light-dark(#16202c, #e8edf3); --soft: light-dark(#5b6876, #9aa8b7);
  --line: light-dark(#d5dce4, #384452); --paper: light-dark(#fff, #171d25); --pick: light-dark(#0b5cad, #6fb3ff); --on-pick: light-dark(#fff, #0b1420); }
* { box-sizing: border-box }
body { margin: 0; padding: 1.5rem 1rem; color: var(--ink); background: var(--paper) }
main { max-width: 26rem; margin-inline: auto }
h1 { margin: 0; font-size: 1.75rem; font-variant-numeric: tabular-nums }
fieldset { display: grid; gap: .5rem; margin: 1.5rem 0 0; padding: 0; border: 0 }
legend { padding: 0; margin-bottom: .75rem; font-weight: 600 }
label { display: flex; align-items: center; gap: .75rem; min-height: 3rem; padding: .5rem .875rem; border: 1px solid var(--line); border-radius: .5rem; cursor: pointer }
label:has(:checked) { border-color: var(--pick); box-shadow: inset 0 0 0 1px var(--pick) }
label:has(:focus-visible), button:focus-visible { outline: 2px solid var(--pick); outline-offset: 2px }
input { flex: none; accent-color: var(--pick); margin: 0; width: 1.125rem; height: 1.125rem; outline: none }
.digits { margin-inline-start: auto; color: var(--soft); font-variant-numeric: tabular-nums; white-space: nowrap }
.soft { margin: .25rem 0 0; color: var(--soft); font-size: .875rem }
button { width: 100%; min-height: 3rem; margin-top: 1rem; border: 0; border-radius: .5rem; font: inherit; font-weight: 600; color: var(--on-pick); background: var(--pick); cursor: pointer }
button.plain { margin-top: .5rem; color: var(--pick); background: none; border: 1px solid var(--line) }
@media (forced-colors: active) { label:has(:checked) { outline: 2px solid Highlight } button { border: 1px solid ButtonText } }
`;
