import { act, addButton, at, followHold, post, state } from "../site/ask.js";
import { askForCard, hideCardField, sendPayer } from "../site/card-field.js";
import { embedPayer } from "../site/embed.js";
import { showGateways } from "../site/gateways.js";
import { dollars, rest } from "../site/money.js";

const { gateway, gateways, toHold, bill, order } = await state();

showGateways(at("gateways"), gateways, gateway.name);
if (order) placed(order);
else showCheckout();

at("yes").addEventListener("click", () => act(at("yes"), () => answer(true)));
at("no").addEventListener("click", () => act(at("no"), () => answer(false)));
at("add").addEventListener("click", () => act(at("add"), addExtra));
followHold(({ order: now }) => show(now));

function showCheckout() {
  showBill(bill);
  at("to-hold").textContent =
    `${dollars(toHold)} is put on hold, with room for weights; you pay what is packed. Choose a test card.`;
  askForCard(gateway, place);
}

function place(payment) {
  return act(null, async () => {
    const { lifecycle, goTo, order: now } = await post("place", payment);
    if (goTo) return sendPayer(goTo);
    if (lifecycle === "declined") return "The bank declined this card. Choose another one.";
    if (lifecycle === "failed") return "The hold could not be placed. Nothing was charged.";
    placed(now);
    return "Thank you. A shopper is on the way to the shelves.";
  });
}

function placed(now) {
  hideCardField();
  at("checkout").hidden = true;
  embedPayer(at("payer"), "Ask Pantry Lane for the current state.");
  show(now);
}

async function answer(yes) {
  const { order: now } = await post("substitution", { yes });
  show(now);
  return yes ? "Taken instead." : "Left out. Nothing more is held.";
}

async function addExtra() {
  return said(await post("extra"));
}

async function shop(step) {
  return said(await post("shopper", { step }));
}

async function deliver() {
  const { order: now } = await post("deliver");
  show(now);
  return hasEnded(now) ? "" : "The delivery is being charged.";
}

/** A change that passes the hold counts with the bank's yes, and not before. */
function said({ order: now, change }) {
  show(now);
  if (change === "refused") return "No more was approved, so the basket stays as it was.";
  if (change === "waiting") return "The bank is being asked for the rest. The basket changes with its answer.";
  return "";
}

function show(now) {
  showBill(now);
  showQuestion(now.question);
  showOffer(now.offer);
  showSteps(now);
  if (hasEnded(now)) showEnd(now);
}

function showBill({ lines, total }) {
  at("lines").replaceChildren(...lines.map(lineOf));
  at("total").textContent = dollars(total);
}

function lineOf({ label, detail, note, cost }) {
  const line = document.createElement("li");
  const price = document.createElement("span");
  price.className = "money";
  price.textContent = dollars(cost);
  const more = document.createElement("small");
  more.textContent = [detail, note].filter(Boolean).join(" · ");
  line.append(label, price, more);
  return line;
}

function showQuestion(question) {
  at("question").hidden = !question;
  if (question) at("question-text").textContent = `${question.text} ${dollars(question.difference)} more.`;
}

/** The price is what the customer agrees to; by how much the hold moves is said beside it. */
function showOffer(offer) {
  at("extra").hidden = !offer;
  if (!offer) return;
  const { label, cost, total, growth } = offer;
  const holds = growth > 0 ? `${dollars(growth)} more is put on hold.` : "What is on hold carries it.";
  at("extra-text").textContent = `${label}? Your basket comes to ${dollars(total)} with it. ${holds}`;
  at("add").textContent = `Add for ${dollars(cost)}`;
}

function showSteps({ toDo, question, waiting, lifecycle }) {
  at("shopper").hidden = lifecycle !== "open";
  at("steps").replaceChildren();
  for (const { step, label } of toDo) addButton(at("steps"), label, () => shop(step));
  const isReady = toDo.length === 0 && !question && !waiting;
  if (isReady) addButton(at("steps"), "Hand over the bags", deliver);
  at("shopper-word").textContent = waiting
    ? "Waiting for the bank."
    : question
      ? "The customer is being asked."
      : isReady
        ? "All packed."
        : "On the list:";
}

function showEnd(now) {
  const { charged } = now;
  at("shopper").hidden = true;
  at("total-label").textContent = charged > 0 ? "Charged" : "Total";
  at("end").hidden = false;
  at("end").textContent = charged > 0 ? `Delivered: ${dollars(charged)} charged.${rest(now)}` : "Nothing was charged.";
}

function hasEnded({ lifecycle }) {
  return ["captured", "reversed", "expired"].includes(lifecycle);
}
