import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import express from "express";
import { card, menu } from "./menu.ts";
import { connect } from "./plimsoll.ts";
import { Stays, type Stay } from "./stays.ts";

/**
 * Harbor Hotel: what a merchant's own small server does with Plimsoll. It opens a hold at check-in, raises it as the
 * stay goes on, captures at check-out, and hands short-lived tokens to its own pages. It knows no card and no gateway.
 */
const environment = readEnvironment();
const plimsoll = connect(environment.plimsoll, environment.key);
const stays = new Stays(() => randomUUID());

const app = express();
app.disable("x-powered-by");
app.use((_request, response, next) => {
  // The line that docs/embed.md gives to every page with the elements, and the card field's frame.
  response.setHeader(
    "content-security-policy",
    [
      "default-src 'self'",
      `script-src 'self' ${environment.plimsoll}`,
      `connect-src 'self' ${environment.plimsoll}`,
      `frame-src ${environment.cardField}`,
      "style-src 'self'",
      "require-trusted-types-for 'script'",
      "trusted-types plimsoll-hold plimsoll-console",
      "frame-ancestors 'self'",
    ].join("; "),
  );
  response.setHeader("cache-control", "no-store");
  next();
});
app.use(express.json({ limit: "16kb" }));
app.use("/page", express.static(join(import.meta.dirname, "../page")));

app.get("/health", (_request, response) => void response.json({ ok: true }));
app.get("/", (_request, response) => response.redirect(303, `/stays/${stays.begin().id}`));
app.get(["/stays/:stay", "/stays/:stay/payer"], (request, response, next) => {
  if (!stays.find(String(request.params["stay"]))) return next();
  const file = request.path.endsWith("/payer") ? "payer.html" : "stay.html";
  return response.type("html").send(page(file));
});

/** What the page has to know: where the card field is, which steps there are, whether the hold is open. */
app.get(
  "/stays/:stay/state",
  ofStay((stay) => ({
    cardField: environment.cardField,
    menu,
    hold: stay.hold,
    checkedOut: stay.checkedOut,
  })),
);

app.post(
  "/stays/:stay/check-in",
  ofStay(async (stay, body) => {
    if (stay.hold) return { hold: stay.hold };
    const opened = await plimsoll.merchant.v1.open.mutate(
      {
        order: stay.order,
        label: `412 · ${stay.order}`,
        profile: "lodging",
        amount: menu.stay.amount,
        currency: "USD",
        reason: menu.stay.reason,
        ceiling: { amount: 80_000, agreed: "I agree that up to $800.00 may be held on my card during my stay." },
        card: card.parse(body["card"]),
        payment: { token: String(body["token"]) },
      },
      idempotently(`check-in ${stay.id} ${String(body["attempt"])}`),
    );
    if (opened.hold.lifecycle !== "declined" && opened.hold.lifecycle !== "failed") stay.hold = opened.hold.id;
    return { hold: opened.hold.id, lifecycle: opened.hold.lifecycle };
  }),
);

app.post(
  "/stays/:stay/charges",
  ofStay(async (stay, body) => {
    const item = menu.charges.find(({ name }) => name === body["name"]);
    if (!item || !stay.hold) throw new Error("no such charge, or no hold yet");
    const { amount, reason } = item;
    const done = await plimsoll.merchant.v1.increment.mutate(
      { hold: stay.hold, amount, currency: "USD", reason },
      idempotently(`charge ${stay.id} ${String(body["attempt"])}`),
    );
    return { held: done.hold.amounts.held };
  }),
);

/** More than the payer agreed to: they are asked first. */
app.post(
  "/stays/:stay/questions",
  ofStay(async (stay, body) => {
    if (!stay.hold) throw new Error("no hold yet");
    const { amount, reason } = menu.question;
    await plimsoll.merchant.v1.propose.mutate(
      { hold: stay.hold, amount, currency: "USD", reason },
      idempotently(`question ${stay.id} ${String(body["attempt"])}`),
    );
    return {};
  }),
);

app.post(
  "/stays/:stay/check-out",
  ofStay(async (stay, body) => {
    if (!stay.hold) throw new Error("no hold yet");
    const { hold } = await plimsoll.merchant.v1.hold.query({ hold: stay.hold });
    const done = await plimsoll.merchant.v1.capture.mutate(
      { hold: stay.hold, amount: hold.amounts.held, currency: "USD", reason: "Check-out" },
      idempotently(`check-out ${stay.id} ${String(body["attempt"])}`),
    );
    stay.checkedOut = done.hold.lifecycle === "captured";
    return { captured: done.hold.amounts.captured };
  }),
);

/** `token-from` of <plimsoll-hold>: who may see the hold is the merchant's to know; here, whoever has the stay's link. */
app.post(
  "/stays/:stay/token",
  ofStay(async (stay, _body, origin) => {
    if (!stay.hold) throw new Error("no hold yet");
    return plimsoll.merchant.v1.tokens.issue.mutate({ scope: "payer", holds: [stay.hold], origin });
  }),
);

/** `token-from` of <plimsoll-console>: behind the staff's own sign-in on a real site. */
app.post(
  "/stays/:stay/desk-token",
  ofStay(async (stay, _body, origin) => {
    if (!stay.hold) throw new Error("no hold yet");
    return plimsoll.merchant.v1.tokens.issue.mutate({
      scope: "console",
      holds: [stay.hold],
      origin,
      operator: "Front desk",
      max: 100_000,
    });
  }),
);

const server = app.listen(environment.port, "127.0.0.1", () => {
  console.log(`Harbor Hotel: http://localhost:${environment.port}`);
});
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(signal, () => {
    server.close();
    server.closeAllConnections();
  });
}

/** The one thing that differs between installations: where the script files are. */
function page(file: string): string {
  const text = readFileSync(join(import.meta.dirname, "../page", file), "utf8");
  return text.replaceAll("{{scripts}}", `${environment.plimsoll}/plimsoll/${environment.version}`);
}

type Body = Readonly<Record<string, unknown>>;

function ofStay(answer: (stay: Stay, body: Body, origin: string) => Promise<object> | object): express.RequestHandler {
  return async (request, response) => {
    const stay = stays.find(String(request.params["stay"]));
    if (!stay) return void response.status(404).json({ message: "There is no such stay." });
    try {
      const body: Body = typeof request.body === "object" && request.body !== null ? request.body : {};
      response.json(await answer(stay, body, environment.origin));
    } catch (error) {
      response.status(409).json({ message: error instanceof Error ? error.message : "That did not work." });
    }
  };
}

/** The same key for the same click: sent twice, it is done once. */
function idempotently(key: string) {
  return { context: { key } };
}

function readEnvironment() {
  const { PLIMSOLL_URL, PLIMSOLL_KEY, PLIMSOLL_SCRIPTS = "dev", CARD_FIELD, PORT = "4300" } = process.env;
  if (!PLIMSOLL_URL || !PLIMSOLL_KEY || !CARD_FIELD) {
    throw new Error("Set PLIMSOLL_URL, PLIMSOLL_KEY and CARD_FIELD (the address of the gateway's card field).");
  }
  const port = Number(PORT);
  return {
    plimsoll: PLIMSOLL_URL,
    key: PLIMSOLL_KEY,
    version: PLIMSOLL_SCRIPTS,
    cardField: CARD_FIELD,
    port,
    origin: `http://localhost:${port}`,
  };
}
