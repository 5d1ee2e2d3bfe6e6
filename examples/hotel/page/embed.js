/** Puts a Plimsoll element on the page, and its script once. On a static page these two are plain HTML. */
export function embed(place, { tag, script, tokenFrom, fallback }) {
  if (!document.querySelector(`script[src="${script}"]`)) {
    const loader = document.createElement("script");
    loader.async = true;
    loader.crossOrigin = "anonymous";
    loader.src = script;
    document.head.append(loader);
  }
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

export const embedPayer = (place, scripts) =>
  embed(place, {
    tag: "plimsoll-hold",
    script: `${scripts}/hold.js`,
    tokenFrom: `/stays/${stay}/token`,
    fallback: "An amount is on hold on your card, not charged. Ask the front desk for the current state.",
  });

export const embedDesk = (place, scripts) =>
  embed(place, {
    tag: "plimsoll-console",
    script: `${scripts}/console.js`,
    tokenFrom: `/stays/${stay}/desk-token`,
    fallback: "The console of this hold loads here.",
  });
