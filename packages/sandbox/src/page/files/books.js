import { h } from "./dom.js";
import { instant, money, span } from "./words.js";

/** How long before the end the first button goes. */
const BEFORE_THE_END_MS = 10 * 3_600_000;
const DAY_MS = 24 * 3_600_000;
/** So many payments stand openly, the newest; a test suite leaves hundreds. */
const OPENLY = 6;

export function sums(books) {
  const rows = Object.entries(books.sums).map(([currency, { exponent, authorized, captured, released, held }]) =>
    h(
      "tr",
      {},
      h("th", { scope: "row" }, currency),
      [authorized, captured, released, held].map((minor) => h("td", { class: "number" }, money(minor, exponent))),
    ),
  );
  if (rows.length === 0) return h("p", { class: "quiet" }, "No payment yet.");
  const heads = ["Authorized", "Captured", "Released", "Held"];
  return h(
    "table",
    {},
    h("thead", {}, h("tr", {}, [h("td"), ...heads.map((head) => h("th", { scope: "col" }, head))])),
    h("tbody", {}, rows),
  );
}

/**
 * @param now the gateways' time, milliseconds
 * @param pass lets time pass for one payment: (payment, ms)
 */
export function payments(books, now, pass) {
  const newest = books.payments.toReversed();
  const articles = (some) => some.map((payment) => paymentArticle(payment, now + payment.ahead, pass));
  return [articles(newest.slice(0, OPENLY)), older(newest.slice(OPENLY), "payments", articles)].flat();
}

/** What is left of a long list, folded away; nothing where nothing is left. */
export function older(rest, what, articles) {
  if (rest.length === 0) return null;
  const key = `older ${what}`;
  return h(
    "details",
    { key, class: "older" },
    h("summary", { key: `${key} summary` }, `${rest.length} older`),
    articles(rest),
  );
}

function paymentArticle(payment, now, pass) {
  const { id, currency, exponent, network, lastFour, state, sums: sum, movements } = payment;
  const amounts = [
    ["held", sum.held],
    ["captured", sum.captured],
    ["released", sum.released],
  ];
  return h(
    "article",
    { "aria-label": `Payment ${id}` },
    h(
      "header",
      {},
      h("h3", {}, lastFour ? `${network} •••• ${lastFour}` : "No card yet"),
      h("span", { class: `state ${state}` }, state),
      h("code", {}, id),
    ),
    h(
      "dl",
      { class: "amounts" },
      amounts.map(([name, minor]) =>
        h("div", {}, h("dt", {}, name), h("dd", { class: "number" }, `${money(minor, exponent)} ${currency}`)),
      ),
    ),
    timeOf(payment, now, pass),
    h(
      "details",
      { key: `movements ${id}` },
      h(
        "summary",
        { key: `summary ${id}` },
        `${movements.length} ${movements.length === 1 ? "movement" : "movements"}`,
      ),
      h(
        "ol",
        { class: "movements" },
        movements.map((movement) => movementItem(movement, payment)),
      ),
      factsOf(payment),
    ),
  );
}

function timeOf(payment, now, pass) {
  const { id, expires, ahead, state } = payment;
  // Nothing is to come for what has ended; a session that waits for its payer ends too.
  if (expires === null && state !== "waiting" && ahead === 0) return null;
  const left = expires === null ? null : Date.parse(expires) - now;
  const said = left === null ? null : h("span", { title: expires }, `ends in ${span(Math.max(0, left))}`);
  const runs = ahead === 0 ? null : h("span", { class: "quiet" }, `its time runs ${span(ahead)} ahead`);
  const button = (text, ms) =>
    h("button", { type: "button", key: `${text} ${id}`, on: { click: () => pass(payment, ms) } }, text);
  const buttons =
    left === null
      ? []
      : [
          ...(left > BEFORE_THE_END_MS ? [button("To 10 h before the end", left - BEFORE_THE_END_MS)] : []),
          button("Past the end", Math.max(1, left + 1000)),
        ];
  return h("p", { class: "time-of" }, said, runs, button("One day on", DAY_MS), buttons);
}

function movementItem({ kind, amount, applied, status, reason, references, at, id }, { currency, exponent }) {
  const asked = amount === applied ? null : h("span", { class: "quiet" }, `asked ${money(amount, exponent)}`);
  const given = Object.entries(references).map(([name, value]) => `${name} ${value}`);
  return h(
    "li",
    {},
    h("strong", {}, kind),
    h("span", { class: "number" }, `${money(applied, exponent)} ${currency}`),
    asked,
    h("span", {}, [status, reason].filter(Boolean).join(": ")),
    h("span", { class: "quiet" }, instant(Date.parse(at))),
    h("code", { class: "quiet" }, [id, ...given].join(" · ")),
  );
}

function factsOf({ facts }) {
  const told = Object.entries(facts).map(([name, value]) => `${name} ${value}`);
  return told.length === 0 ? null : h("p", { class: "quiet" }, told.join(" · "));
}
