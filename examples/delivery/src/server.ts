import { randomUUID } from "node:crypto";
import { join } from "node:path";
import {
  connect,
  holdOf,
  idempotently,
  listen,
  look,
  merchantApp,
  ofVisit,
  opened,
  payerToken,
  payment,
  readEnvironment,
  Visits,
} from "@plimsoll/example-site";
import { growthFor, has, holdFor, swapped, totalOf, weighed, without, type Basket } from "./basket.ts";
import { bill, newOrder, shown, takeWaiting, type Change, type Order } from "./orders.ts";
import { extra, found } from "./shelf.ts";

/**
 * Pantry Lane: a delivery app's server, for a web view on a phone. It holds 115 % of a basket, lets the hold grow only
 * by what passes it, and captures what was packed.
 */
const environment = readEnvironment(process.env);
const plimsoll = connect(environment);
const orders = new Visits("PL", environment, randomUUID, newOrder);
const { app, page } = merchantApp(environment, join(import.meta.dirname, "../page"));

app.get("/", ({ query }, response) => response.redirect(303, `/orders/${orders.begin(query["gateway"]).id}`));
app.get("/orders/:id", page("order.html"));

app.get(
  "/orders/:id/state",
  ofVisit(orders, async (order) => {
    const hold = await look(plimsoll, order);
    if (hold) takeWaiting(order, hold);
    return {
      gateway: order.gateway,
      gateways: environment.gateways,
      toHold: holdFor(totalOf(order.basket)),
      bill: bill(order.basket),
      lifecycle: hold?.lifecycle ?? null,
      order: hold && shown(order, hold),
    };
  }),
);

app.post(
  "/orders/:id/place",
  ofVisit(orders, async (order, body) => {
    if (order.hold) throw new Error("This order has been placed already.");
    const { hold } = await plimsoll.open.mutate(
      {
        order: order.order,
        label: `Basket ${order.order}`,
        profile: "delivery",
        amount: holdFor(totalOf(order.basket)),
        currency: "USD",
        reason: "Groceries",
        ceiling: { amount: 15_000, agreed: "I agree that up to $150.00 may be held until my order is delivered." },
        ...payment(order, body, `${environment.origin}/orders/${order.id}`),
      },
      idempotently("place", order.id, body["attempt"]),
    );
    return { ...opened(order, hold), order: shown(order, hold) };
  }),
);

/** The shopper, shelf by shelf. */
app.post(
  "/orders/:id/shopper",
  ofVisit(orders, async (order, { step, attempt }) => {
    switch (step) {
      case "salmon":
        return change(order, (basket) => weighed(basket, "salmon", found.salmon.grams), "Salmon, as weighed", attempt);
      case "berries":
        return change(order, (basket) => without(basket, "berries"), "Blueberries", attempt);
      case "eggs":
        order.asked = has(order.basket, "eggs");
        return { order: shown(order, await holdOf(plimsoll, order)) };
      default:
        throw new Error("The shopper has no such step.");
    }
  }),
);

/** The customer's word on something else in its place. A no takes the line away, and nothing is sent anywhere. */
app.post(
  "/orders/:id/substitution",
  ofVisit(orders, async (order, { yes, attempt }) => {
    if (!order.asked) throw new Error("Nothing is being asked.");
    order.asked = false;
    const answer = (basket: Basket) => (yes === true ? swapped(basket, "eggs", found.eggs) : without(basket, "eggs"));
    return change(order, answer, found.eggs.label, attempt);
  }),
);

/** The customer adds something: they see its price; the hold moves only by what passes it. */
app.post(
  "/orders/:id/extra",
  ofVisit(orders, async (order, { attempt }) =>
    change(order, (basket) => [...without(basket, extra.name), extra], "Bottle of wine, $18.00", attempt),
  ),
);

app.post(
  "/orders/:id/deliver",
  ofVisit(orders, async (order, { attempt }) => {
    const { id } = await holdOf(plimsoll, order);
    if (order.waiting || order.asked) throw new Error("A step is still open. Wait for its answer.");
    const { hold } = await plimsoll.capture.mutate(
      { hold: id, amount: totalOf(order.basket), currency: "USD", reason: "Delivered" },
      idempotently("deliver", order.id, attempt),
    );
    return { order: shown(order, hold) };
  }),
);

app.post("/orders/:id/token", ofVisit(orders, payerToken(plimsoll, environment)));

listen(app, environment, "Pantry Lane");

/** A basket that the hold carries is taken at once; one that passes it only with the bank's yes to the rest. */
async function change(order: Order, next: Change, reason: string, attempt: unknown) {
  const hold = await holdOf(plimsoll, order);
  if (hold.lifecycle !== "open") throw new Error("This order can’t be changed any more.");
  if (takeWaiting(order, hold) === "waiting") throw new Error("The bank is being asked. One moment.");
  const basket = next(order.basket);
  const growth = growthFor(basket, hold.amounts.held);
  if (growth === 0) {
    order.basket = basket;
    return { order: shown(order, hold), change: "taken" };
  }
  const raised = await plimsoll.increment.mutate(
    { hold: hold.id, amount: growth, currency: "USD", reason },
    idempotently("change", order.id, attempt),
  );
  order.waiting = { change: next, step: raised.step };
  return { change: takeWaiting(order, raised.hold), order: shown(order, raised.hold) };
}
