import { here } from "./ask.js";

/** Puts a Plimsoll element on the page. Its script tag stands in the page's head. */
function embed(place, tag, token, fallback) {
  const element = document.createElement(tag);
  element.setAttribute("token-from", `${here}/${token}`);
  element.setAttribute("lang", "en-US");
  element.textContent = fallback;
  place.replaceChildren(element);
  return element;
}

/** @param {string} ask where the payer asks for the current state if the element can't show it */
export const embedPayer = (place, ask) =>
  embed(place, "plimsoll-hold", "token", `An amount is on hold on your card, not charged. ${ask}`);

export const embedDesk = (place) =>
  embed(place, "plimsoll-console", "desk-token", "The console of this hold loads here.");
