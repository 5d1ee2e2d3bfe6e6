import { act, addButton, at, followHold, here, post, state } from "../site/ask.js";
import { askForCard, hideCardField, sendPayer } from "../site/card-field.js";
import { embedDesk, embedPayer } from "../site/embed.js";
import { showGateways } from "../site/gateways.js";
import { dollars } from "../site/money.js";

const { gateway, gateways, menu, lifecycle } = await state();

showGateways(at("gateways"), gateways, gateway.name);
if (lifecycle) showHold();
else askForCard(gateway, checkIn);
showIfEnded(lifecycle);
followHold((now) => showIfEnded(now.lifecycle));

for (const { name, label, amount } of menu.charges) {
  addButton(at("charge-buttons"), `${label} · ${dollars(amount)}`, () => charge("charges", { name }));
}
const { question } = menu;
addButton(at("charge-buttons"), `${question.label} · ${dollars(question.amount)}`, () => charge("questions", {}));
at("check-out-button").addEventListener("click", () => act(at("check-out-button"), checkOut));

function checkIn(payment) {
  return act(null, async () => {
    const { lifecycle: now, goTo } = await post("check-in", payment);
    if (goTo) return sendPayer(goTo);
    if (now === "declined") return "The bank declined this card. Choose another one.";
    if (now === "failed") return "The hold could not be placed. Nothing was charged.";
    showHold();
    return `Checked in: ${dollars(menu.stay.amount)} on hold, not charged.`;
  });
}

async function charge(path, body) {
  await post(path, body);
}

async function checkOut() {
  const { lifecycle: now, captured } = await post("check-out");
  showIfEnded(now);
  if (now !== "captured") return "The check-out is being looked at.";
  return `Checked out: ${dollars(captured)} charged, nothing on hold.`;
}

function showHold() {
  hideCardField();
  at("card-word").textContent = "Checked in. An amount is on hold on the card, not charged.";
  for (const id of ["charges", "check-out", "second"]) at(id).hidden = false;
  at("second-tab").href = `${here}/payer`;
  embedPayer(at("payer"), "Ask the front desk for the current state.");
  embedDesk(at("desk"));
}

function showIfEnded(now) {
  if (!["captured", "reversed", "expired"].includes(now)) return;
  at("card-word").textContent = "The stay has ended: nothing is on hold any more.";
  for (const id of ["charges", "check-out"]) at(id).hidden = true;
}
