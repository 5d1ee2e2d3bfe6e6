import type { CardReport } from "../control/reports.ts";

interface PageParts {
  readonly cards: readonly CardReport[];
  /** Exactly this origin may frame the page and hear the token. */
  readonly origin: string;
  /** For the page's own style and script under its content security policy. */
  readonly nonce: string;
}

/**
 * The imitated gateway's card field: the person picks a test card, the page around it gets the gateway's own token by
 * `postMessage`, as `{ type: "plimsoll-sandbox:token", token, network, lastFour }`; the card number stays here. Works in an iframe and in a window of its own.
 */
export function cardFieldPage({ cards, origin, nonce }: PageParts): string {
  const choices = cards.map((card, index) => choice(card, index === 0)).join("");
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Test card</title>
<style nonce="${nonce}">${style}</style>
</head>
<body>
<form id="field" data-origin="${escaped(origin)}">
<fieldset>
<legend>Pay with a test card</legend>
${choices}
</fieldset>
<button type="submit">Use this card</button>
<p id="status" role="status"></p>
</form>
<p class="mark">Sandbox: no real card, no money.</p>
<script nonce="${nonce}">${script}</script>
</body>
</html>
`;
}

function choice({ name, label, lastFour }: CardReport, checked: boolean): string {
  return `<label><input type="radio" name="card" value="${escaped(name)}"${checked ? " checked" : ""}><span>${escaped(label)}</span><span class="digits" aria-label="ending in ${escaped(lastFour)}">•••• ${escaped(lastFour)}</span></label>`;
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");
}

const style = `
:root { font: 16px/1.4 system-ui, sans-serif; --ink: light-dark(#16202c, #e8edf3); --soft: light-dark(#5b6876, #9aa8b7);
  --line: light-dark(#d5dce4, #384452); --paper: light-dark(#fff, #171d25); --pick: light-dark(#0b5cad, #6fb3ff); --on-pick: light-dark(#fff, #0b1420); }
* { box-sizing: border-box }
body { margin: 0; padding: 1rem; color: var(--ink); background: var(--paper) }
form { max-width: 26rem; margin-inline: auto }
fieldset { display: grid; gap: .5rem; margin: 0; padding: 0; border: 0 }
legend { padding: 0; margin-bottom: .75rem; font-weight: 600 }
label { display: flex; align-items: center; gap: .75rem; min-height: 3rem; padding: .5rem .875rem; border: 1px solid var(--line); border-radius: .5rem; cursor: pointer }
label:has(:checked) { border-color: var(--pick); box-shadow: inset 0 0 0 1px var(--pick) }
label:has(:focus-visible) { outline: 2px solid var(--pick); outline-offset: 2px }
input { flex: none; accent-color: var(--pick); margin: 0; width: 1.125rem; height: 1.125rem; outline: none }
.digits { margin-inline-start: auto; color: var(--soft); font-variant-numeric: tabular-nums; white-space: nowrap }
button { width: 100%; min-height: 3rem; margin-top: 1rem; border: 0; border-radius: .5rem; font: inherit; font-weight: 600; color: var(--on-pick); background: var(--pick); cursor: pointer }
button:focus-visible { outline: 2px solid var(--pick); outline-offset: 2px }
button:disabled { opacity: .6; cursor: default }
#status { min-height: 1.4em; margin: .75rem 0 0 }
.mark { max-width: 26rem; margin: .25rem auto 0; color: var(--soft); font-size: .875rem }
@media (forced-colors: active) { label:has(:checked) { outline: 2px solid Highlight } button { border: 1px solid ButtonText } }
`;

const script = `
const form = document.getElementById("field")
const status = document.getElementById("status")
const button = form.querySelector("button")
const listener = window.opener ?? (window.parent === window ? null : window.parent)
form.addEventListener("submit", async (event) => {
  event.preventDefault()
  button.disabled = true
  status.textContent = "One moment…"
  try {
    const card = new FormData(form).get("card")
    const response = await fetch("/token-page/tokens", { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ card }) })
    if (!response.ok) throw new Error(String(response.status))
    const { token, network, lastFour } = await response.json()
    listener?.postMessage({ type: "plimsoll-sandbox:token", token, network, lastFour }, form.dataset.origin)
    status.textContent = "Card ending in " + lastFour + " is ready."
  } catch {
    status.textContent = "That did not work. Please try again."
  } finally {
    button.disabled = false
  }
})
`;
