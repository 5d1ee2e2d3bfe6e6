/** The same story over another of the merchant's gateways: each link begins a new visit. */
export function showGateways(place, gateways, chosen) {
  const links = gateways.map(({ name, title }) => {
    const link = document.createElement("a");
    link.href = `/?gateway=${name}`;
    link.textContent = title;
    if (name === chosen) link.setAttribute("aria-current", "true");
    return link;
  });
  place.replaceChildren(...links);
  place.parentElement.hidden = links.length < 2;
}
