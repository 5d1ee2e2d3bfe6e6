import { act, at, followHold, post, state } from "../site/ask.js";
import { askForCard, hideCardField, sendPayer } from "../site/card-field.js";
import { embedDesk, embedPayer } from "../site/embed.js";
import { showGateways } from "../site/gateways.js";
import { dollars, rest } from "../site/money.js";

const { gateway, gateways, cars, session } = await state();

showGateways(at("gateways"), gateways, gateway.name);
offer(cars);
at("again").href = `/?gateway=${gateway.name}`;
if (session) pluggedIn(session);
else askForCard(gateway, plugIn);

at("charge").addEventListener("click", () => act(at("charge"), charge).then(keepStopped));
at("stop").addEventListener("click", () => act(at("stop"), stop));
followHold(({ session: now }) => show(now));

function offer(all) {
  for (const [index, { name, label, takes }] of all.entries()) {
    const choice = document.createElement("label");
    const radio = document.createElement("input");
    Object.assign(radio, { type: "radio", name: "car", value: name, checked: index === 0 });
    choice.append(radio, `${label}, takes ${kwh(takes)}`);
    at("cars").append(choice);
  }
}

function plugIn(payment) {
  const car = document.querySelector("input[name=car]:checked").value;
  return act(null, async () => {
    const { lifecycle, goTo, session: begun } = await post("plug-in", { ...payment, car });
    if (goTo) return sendPayer(goTo);
    if (lifecycle === "declined") return "The bank declined this card. Choose another one.";
    if (lifecycle === "failed") return "The hold could not be placed. Nothing was charged.";
    pluggedIn(begun);
    return "The cable is locked. Charging can begin.";
  });
}

function pluggedIn(now) {
  hideCardField();
  at("plug-in").hidden = true;
  at("charging").hidden = false;
  embedPayer(at("payer"), "Ask Lantern Charging for the current state.");
  embedDesk(at("desk"));
  show(now);
}

async function charge() {
  const { session: now } = await post("meter");
  show(now);
  if (now.raise === "asking") return "The bank is being asked for more. The charger keeps to what is on hold.";
  if (now.raise === "refused") return `No more was approved. The charger was told to stop at ${dollars(now.limit)}.`;
  return now.full ? "The battery is full." : "";
}

async function stop() {
  const { session: now } = await post("stop");
  show(now);
  return hasEnded(now) ? "" : "The end of the session is being looked at.";
}

function show(now) {
  at("car").textContent = now.car;
  at("energy").textContent = kwh(now.wattHours);
  at("cost").textContent = dollars(now.cost);
  at("limit").textContent = dollars(now.limit);
  at("meter").max = Math.max(now.limit, 1);
  at("meter").value = now.cost;
  at("meter-label").textContent = `${dollars(now.cost)} of ${dollars(now.limit)} on hold`;
  at("charge").dataset.stopped = now.full || (now.atLimit && now.raise === "refused");
  keepStopped();
  if (hasEnded(now)) showBill(now);
}

/** A full battery takes no more, nor does a charger at its limit after the bank’s no; `act` gives back every other button. */
function keepStopped() {
  if (at("charge").dataset.stopped === "true") at("charge").disabled = true;
}

function showBill(now) {
  at("charging").hidden = true;
  at("ended").hidden = false;
  at("bill").textContent =
    now.charged > 0 ? `${kwh(now.wattHours)}: ${dollars(now.charged)} charged.${rest(now)}` : "Nothing was charged.";
}

function hasEnded({ lifecycle }) {
  return ["captured", "reversed", "expired"].includes(lifecycle);
}

/** Watt-hours as kilowatt-hours with their three decimals. */
function kwh(wattHours) {
  const digits = String(wattHours).padStart(4, "0");
  return `${digits.slice(0, -3)}.${digits.slice(-3)} kWh`;
}
