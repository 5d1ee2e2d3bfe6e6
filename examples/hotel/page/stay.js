import { embedDesk, embedPayer, post, stay } from "./embed.js";

const at = (id) => document.getElementById(id);
const state = await (await fetch(`/stays/${stay}/state`)).json();

if (state.hold) showHold();
else showCardField();
if (state.checkedOut) showCheckedOut();
for (const charge of state.menu.charges)
  addButton(`${charge.label} · ${dollars(charge.amount)}`, "charges", { name: charge.name });
addButton(`${state.menu.question.label} · ${dollars(state.menu.question.amount)}`, "questions", {});

at("check-out-button").addEventListener("click", () =>
  act(at("check-out-button"), async () => {
    const { captured } = await post(`/stays/${stay}/check-out`, {});
    if (captured > 0) showCheckedOut();
    return captured > 0
      ? `Checked out: ${dollars(captured)} charged, nothing on hold.`
      : "The check-out is being looked at.";
  }),
);

function showCardField() {
  const frame = at("card-field");
  const origin = new URL(state.cardField).origin;
  frame.src = `${state.cardField}?origin=${encodeURIComponent(location.origin)}`;
  frame.hidden = false;
  addEventListener("message", async (event) => {
    if (event.origin !== origin || event.source !== frame.contentWindow || state.hold) return;
    const token = event.data?.transientTokenJwt;
    if (typeof token !== "string") return;
    await act(null, async () => {
      const card = { network: event.data.network, last4: event.data.lastFour };
      const { hold, lifecycle } = await post(`/stays/${stay}/check-in`, { token, card });
      if (lifecycle === "declined") return "The bank declined this card. Choose another one.";
      state.hold = hold;
      showHold();
      return `Checked in: ${dollars(state.menu.stay.amount)} on hold, not charged.`;
    });
  });
}

function showHold() {
  at("card-field").hidden = true;
  at("card-word").textContent = "Checked in. An amount is on hold on the card, not charged.";
  for (const id of ["charges", "check-out", "second"]) at(id).hidden = false;
  at("second-tab").href = `/stays/${stay}/payer`;
  embedPayer(at("payer"));
  embedDesk(at("desk"));
}

function showCheckedOut() {
  at("card-word").textContent = "The stay has ended: nothing is on hold any more.";
  for (const id of ["charges", "check-out"]) at(id).hidden = true;
}

function addButton(label, path, body) {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = label;
  button.addEventListener("click", () =>
    act(button, async () => {
      await post(`/stays/${stay}/${path}`, body);
      return "";
    }),
  );
  at("charge-buttons").append(button);
}

async function act(button, run) {
  if (button) button.disabled = true;
  try {
    at("word").textContent = await run();
  } catch (error) {
    at("word").textContent = error.message;
  } finally {
    if (button) button.disabled = false;
  }
}

function dollars(cents) {
  return new Intl.NumberFormat("en-US", { style: "currency", currency: "USD" }).format(cents / 100);
}
