import { act, addButton, at, followHold, here, post, state } from "../site/ask.js";
import { askForCard, hideCardField, sendPayer } from "../site/card-field.js";
import { embedDesk, embedPayer } from "../site/embed.js";
import { showGateways } from "../site/gateways.js";
import { dollars } from "../site/money.js";

const { gateway, gateways, menu, lifecycle } = await state();

showGateways(at("gateways"), gateways, gateway.name);
if (lifecycle) showHold(lifecycle);
else askForCard(gateway, checkIn);
followHold((now) => showStanding(now.lifecycle));

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
    showHold(now);
    return "";
  });
}

async function charge(path, body) {
  await post(path, body);
}

async function checkOut() {
  const { lifecycle: now, captured } = await post("check-out");
  showStanding(now);
  if (now !== "captured") return "The check-out is being looked at.";
  return `Checked out: ${dollars(captured)} charged, nothing on hold.`;
}

function showHold(now) {
  hideCardField();
  at("second").hidden = false;
  at("second-tab").href = `${here}/payer`;
  embedPayer(at("payer"), "Ask the front desk for the current state.");
  embedDesk(at("desk"));
  showStanding(now);
}

function showStanding(now) {
  at("card-word").textContent = standing(now);
  for (const id of ["charges", "check-out"]) at(id).hidden = !["open", "capturing", "reversing"].includes(now);
}

/** Nothing is said to be on hold before the bank has said so, nor that nothing is while a rest waits to lapse. */
function standing(now) {
  switch (now) {
    case "opening":
      return "The bank is being asked. Nothing is known to be on hold yet.";
    case "waiting":
      return "The payment page was not finished: nothing is on hold yet. Go forward in your browser to finish it.";
    case "captured":
    case "reversed":
    case "expired":
      return at("payer").querySelector("plimsoll-hold")?.value?.rest
        ? "The stay has ended. What was not charged stays on hold until the bank frees it by itself."
        : "The stay has ended: nothing is on hold any more.";
    default:
      return "Checked in. An amount is on hold on the card, not charged.";
  }
}
