/** Puts a Plimsoll element on the page. Its script tag stands in the page's head. */
export function embed(place, { tag, tokenFrom, fallback }) {
  const element = document.createElement(tag);
  element.setAttribute("token-from", tokenFrom);
  element.setAttribute("lang", "en-US");
  element.textContent = fallback;
  place.replaceChildren(element);
}

export async function post(path, body) {
  const answer = await fetch(path, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ attempt: crypto.randomUUID(), ...body }),
  });
  const said = await answer.json();
  if (!answer.ok) throw new Error(said.message);
  return said;
}

export const stay = location.pathname.split("/")[2];

export const embedPayer = (place) =>
  embed(place, {
    tag: "plimsoll-hold",
    tokenFrom: `/stays/${stay}/token`,
    fallback: "An amount is on hold on your card, not charged. Ask the front desk for the current state.",
  });

export const embedDesk = (place) =>
  embed(place, {
    tag: "plimsoll-console",
    tokenFrom: `/stays/${stay}/desk-token`,
    fallback: "The console of this hold loads here.",
  });
