import { randomUUID } from "node:crypto";
import { join } from "node:path";
import {
  connect,
  deskToken,
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
import { menu } from "./menu.ts";

/**
 * Harbor Hotel: what a merchant's own small server does with Plimsoll. It opens a hold at check-in, raises it as the
 * stay goes on, captures at check-out, and hands short-lived tokens to its own pages. It knows no card and no gateway.
 */
const environment = readEnvironment(process.env);
const plimsoll = connect(environment);
const stays = new Visits("STAY", environment, randomUUID, (visit) => visit);
const { app, page } = merchantApp(environment, join(import.meta.dirname, "../page"));

app.get("/", ({ query }, response) => response.redirect(303, `/stays/${stays.begin(query["gateway"]).id}`));
app.get("/stays/:id", page("stay.html"));
app.get("/stays/:id/payer", page("payer.html"));

/** What the page has to know: where the card field is, which steps there are, how the hold stands. */
app.get(
  "/stays/:id/state",
  ofVisit(stays, async (stay) => {
    const hold = await look(plimsoll, stay);
    return { gateway: stay.gateway, gateways: environment.gateways, menu, lifecycle: hold?.lifecycle ?? null };
  }),
);

app.post(
  "/stays/:id/check-in",
  ofVisit(stays, async (stay, body) => {
    if (stay.hold) throw new Error("This stay has checked in already.");
    const { hold } = await plimsoll.open.mutate(
      {
        order: stay.order,
        label: `412 · ${stay.order}`,
        profile: "lodging",
        amount: menu.stay.amount,
        currency: "USD",
        reason: menu.stay.reason,
        ceiling: { amount: 80_000, agreed: "I agree that up to $800.00 may be held on my card during my stay." },
        ...payment(stay, body, `${environment.origin}/stays/${stay.id}`),
      },
      idempotently("check-in", stay.id, body["attempt"]),
    );
    return opened(stay, hold);
  }),
);

app.post(
  "/stays/:id/charges",
  ofVisit(stays, async (stay, body) => {
    const item = menu.charges.find(({ name }) => name === body["name"]);
    if (!item) throw new Error("There is no such charge.");
    const { id } = await holdOf(plimsoll, stay);
    const { hold } = await plimsoll.increment.mutate(
      { hold: id, amount: item.amount, currency: "USD", reason: item.reason },
      idempotently("charge", stay.id, body["attempt"]),
    );
    return { held: hold.amounts.held };
  }),
);

/** More than the payer agreed to: they are asked first. */
app.post(
  "/stays/:id/questions",
  ofVisit(stays, async (stay, body) => {
    const { amount, reason } = menu.question;
    const { id } = await holdOf(plimsoll, stay);
    await plimsoll.propose.mutate(
      { hold: id, amount, currency: "USD", reason },
      idempotently("question", stay.id, body["attempt"]),
    );
    return {};
  }),
);

app.post(
  "/stays/:id/check-out",
  ofVisit(stays, async (stay, body) => {
    const { id, amounts } = await holdOf(plimsoll, stay);
    const { hold } = await plimsoll.capture.mutate(
      { hold: id, amount: amounts.held, currency: "USD", reason: "Check-out" },
      idempotently("check-out", stay.id, body["attempt"]),
    );
    return { lifecycle: hold.lifecycle, captured: hold.amounts.captured };
  }),
);

app.post("/stays/:id/token", ofVisit(stays, payerToken(plimsoll, environment)));
app.post("/stays/:id/desk-token", ofVisit(stays, deskToken(plimsoll, environment, "Front desk")));

listen(app, environment, "Harbor Hotel");
