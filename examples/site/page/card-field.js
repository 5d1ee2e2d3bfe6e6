import { addButton, at, here } from "./ask.js";

/** Which visit went to a payment page: whoever is back from there without a hold is told so. */
const AWAY = "payment-page";

/**
 * Shows the gateway's own card field in `#card-field`, and its payment page as another way where it has one. Whichever
 * the payer takes, `pay` gets what the merchant's server hands on to Plimsoll.
 */
export function askForCard({ cardField, hasPage, title }, pay) {
  const frame = at("card-field");
  const { origin } = new URL(cardField);
  frame.src = `${cardField}?origin=${encodeURIComponent(location.origin)}`;
  frame.hidden = false;
  addEventListener("message", ({ origin: from, source, data }) => {
    if (from !== origin || source !== frame.contentWindow || frame.hidden) return;
    if (data?.type !== "plimsoll-sandbox:token" || typeof data.token !== "string") return;
    void pay({ token: data.token, card: { network: data.network, last4: data.lastFour } });
  });
  if (sessionStorage.getItem(AWAY) === here) {
    sessionStorage.removeItem(AWAY);
    at("word").textContent =
      "Nothing is on hold: the payment page was left, or the bank said no. Choose how to pay again.";
  }
  at("pages").replaceChildren();
  if (hasPage) addButton(at("pages"), `Pay on ${title}’s own page`, () => pay({ page: true }));
}

export function hideCardField() {
  at("card-field").hidden = true;
  at("pages").replaceChildren();
}

/** To the gateway's own page, as `open` answered it; from there the payer comes back to this one. */
export function sendPayer(url) {
  sessionStorage.setItem(AWAY, here);
  location.assign(url);
  return "On the way to the payment page.";
}
