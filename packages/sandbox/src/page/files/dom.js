/**
 * An element: `h("button", { type: "button", on: { click } }, "Go")`. `key` names it over renderings: focus and an open
 * `details` stay with it. Text is never HTML.
 */
export function h(tag, { on = {}, key, ...attributes } = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== undefined) element.setAttribute(name, value);
  }
  if (key !== undefined) element.dataset.key = key;
  for (const [event, listener] of Object.entries(on)) element.addEventListener(event, listener);
  element.append(...children.flat().filter((child) => child !== null));
  return element;
}

export const at = (id) => document.getElementById(id);

export const option = (value, text = value, chosen = false) => h("option", { value, selected: chosen }, text);

const shown = new Map();

/** Puts `children` into the element with this id, unless they would say what already stands there. */
export function show(id, children) {
  const place = at(id);
  const fresh = h("div", {}, children);
  if (shown.get(id) === fresh.innerHTML && place.childNodes.length > 0) return;
  shown.set(id, fresh.innerHTML);
  const open = new Set([...place.querySelectorAll("details[open]")].map(({ dataset }) => dataset.key));
  const focused = place.contains(document.activeElement) ? document.activeElement.dataset.key : undefined;
  // Somebody who is typing or choosing is not interrupted: the next change shows it.
  if (focused !== undefined && document.activeElement.matches("textarea, input, select")) {
    shown.delete(id);
    return;
  }
  for (const details of fresh.querySelectorAll("details")) details.open = open.has(details.dataset.key);
  place.replaceChildren(...fresh.childNodes);
  if (focused !== undefined) place.querySelector(`[data-key="${CSS.escape(focused)}"]`)?.focus();
}
