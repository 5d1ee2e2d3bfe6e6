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
import { needsRaise, newSession, raises, shown } from "./sessions.ts";
import { cars, nextReport, priceOf, tariff } from "./tariff.ts";

/**
 * Lantern Charging: a charge-point operator's server. It holds an amount when the cable goes in, raises it before the
 * session reaches it, tells the charger to stop at what is really on hold, and captures what was charged.
 */
const environment = readEnvironment(process.env);
const plimsoll = connect(environment);
const sessions = new Visits("EV", environment, randomUUID, newSession);
const { app, page } = merchantApp(environment, join(import.meta.dirname, "../page"));

app.get("/", ({ query }, response) => response.redirect(303, `/sessions/${sessions.begin(query["gateway"]).id}`));
app.get("/sessions/:id", page("session.html"));

app.get(
  "/sessions/:id/state",
  ofVisit(sessions, async (session) => {
    const hold = await look(plimsoll, session);
    return {
      gateway: session.gateway,
      gateways: environment.gateways,
      tariff,
      cars,
      lifecycle: hold?.lifecycle ?? null,
      session: hold && shown(session, hold),
    };
  }),
);

app.post(
  "/sessions/:id/plug-in",
  ofVisit(sessions, async (session, body) => {
    if (session.hold) throw new Error("This car is plugged in already.");
    session.car = cars.find(({ name }) => name === body["car"]) ?? cars[0];
    const { hold } = await plimsoll.open.mutate(
      {
        order: session.order,
        label: `Charger 7 · ${session.car.label}`,
        profile: "ev",
        amount: tariff.first,
        currency: "USD",
        reason: "Charging, to begin with",
        ceiling: { amount: tariff.ceiling, agreed: "I agree that up to $60.00 may be held while my car charges." },
        ...payment(session, body, `${environment.origin}/sessions/${session.id}`),
      },
      idempotently("plug-in", session.id, body["attempt"]),
    );
    return { ...opened(session, hold), session: shown(session, hold) };
  }),
);

/** The charger's report: so much has flowed. Before the next one could pass the hold, more is asked for. */
app.post(
  "/sessions/:id/meter",
  ofVisit(sessions, async (session) => {
    const hold = await holdOf(plimsoll, session);
    if (hold.lifecycle !== "open") throw new Error("The charger gives energy only on an open hold.");
    const limit = hold.amounts.held;
    session.wattHours = nextReport({ ...session, takes: session.car.takes }, limit);
    if (!needsRaise(session, hold)) return { session: shown(session, hold) };
    // Two reports at once ask for the same raise: its key is its number.
    const raised = await plimsoll.increment.mutate(
      { hold: hold.id, amount: tariff.raise, currency: "USD", reason: "Charging goes on" },
      idempotently("raise", session.id, raises(hold).length + 1),
    );
    return { session: shown(session, raised.hold) };
  }),
);

/** The cable comes out: what was charged is captured, and the host of the gateway lets the rest go. */
app.post(
  "/sessions/:id/stop",
  ofVisit(sessions, async (session, body) => {
    const { id } = await holdOf(plimsoll, session);
    if (session.wattHours === 0) {
      const { hold } = await plimsoll.reverse.mutate({ hold: id }, idempotently("stop", session.id, body["attempt"]));
      return { session: shown(session, hold) };
    }
    const { hold } = await plimsoll.capture.mutate(
      { hold: id, amount: priceOf(session.wattHours), currency: "USD", reason: `${kwh(session.wattHours)} charged` },
      idempotently("stop", session.id, body["attempt"]),
    );
    return { session: shown(session, hold) };
  }),
);

app.post("/sessions/:id/token", ofVisit(sessions, payerToken(plimsoll, environment)));
app.post("/sessions/:id/desk-token", ofVisit(sessions, deskToken(plimsoll, environment, "Operations")));

listen(app, environment, "Lantern Charging");

function kwh(wattHours: number): string {
  const digits = String(wattHours).padStart(4, "0");
  return `${digits.slice(0, -3)}.${digits.slice(-3)} kWh`;
}
