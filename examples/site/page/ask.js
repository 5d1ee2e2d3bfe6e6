/** The visit that this page shows: `/stays/ID`, `/sessions/ID`, `/orders/ID`. */
export const here = location.pathname.split("/").slice(0, 3).join("/");

export const at = (id) => document.getElementById(id);

export async function state() {
  return said(await fetch(`${here}/state`));
}

/** One click is one attempt: the server makes its idempotency key of it. */
export async function post(path, body = {}) {
  return said(
    await fetch(`${here}/${path}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ attempt: crypto.randomUUID(), ...body }),
    }),
  );
}

/** How many clicks have begun, and whether one is still being answered. */
let clicks = 0;
let isAnswering = false;

/** Runs what a button stands for, and says what came of it in the page's status line. */
export async function act(button, run) {
  clicks += 1;
  isAnswering = true;
  const hadFocus = button !== null && document.activeElement === button;
  if (button) button.disabled = true;
  at("word").textContent = "";
  try {
    at("word").textContent = (await run()) ?? "";
  } catch (error) {
    at("word").textContent = error.message;
  } finally {
    isAnswering = false;
    if (button) button.disabled = false;
    // A disabled button loses the focus: whoever uses the keyboard gets it back, unless they went on meanwhile.
    if (hadFocus && document.activeElement === document.body) button.focus();
  }
}

/**
 * The hold can change without a click on this page: the bank answers late, somebody else adds or captures. The element
 * says so, and the page asks its own server again. A click that is being answered brings its own news.
 */
export function followHold(show) {
  const look = async () => {
    if (isAnswering) return;
    const before = clicks;
    const now = await state();
    if (clicks !== before) return;
    // The payer turned back on the gateway's page, or the bank said no there: the page begins again.
    if (now.lifecycle === null) location.reload();
    else show(now);
  };
  for (const event of ["plimsoll-ready", "plimsoll-change"]) addEventListener(event, look);
}

/** One more button in `place`. */
export function addButton(place, label, run) {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = label;
  button.addEventListener("click", () => act(button, run));
  place.append(button);
  return button;
}

async function said(answer) {
  const body = await answer.json();
  if (!answer.ok) throw new Error(body.message);
  return body;
}
