import { payments, sums } from "./books.js";
import { at, h, option, show } from "./dom.js";
import { ask, path } from "./door.js";
import { faultOf, happeningOptions, operationOptions, scripted } from "./faults.js";
import { requests } from "./journal.js";
import { noticeList } from "./notices.js";
import { switches } from "./switches.js";
import { instant } from "./words.js";

/** What the time says of payments is read again this often; all else comes with a change. */
const LOOK_AGAIN_MS = 15_000;

let gateways = [];
let current;
/** The gateways' time ahead of this machine's. */
let offset = 0;

const now = () => Date.now() + offset;
const nameAt = () => decodeURIComponent(location.hash.slice(1));
const merchant = () => at("merchant").value || current.merchants[0];

/** Does what a button wants and says only what went wrong: what went right shows in the books. */
function doing(act) {
  return async (...given) => {
    try {
      await act(...given);
      at("said").textContent = "";
    } catch (error) {
      at("said").textContent = `That did not work: ${error.message}`;
    }
    await look();
  };
}

const pass = doing((payment, ms) =>
  ask("POST", `${path(current.name, "books", merchant(), payment.id)}/clock`, { ahead: Math.ceil(ms) }),
);
const release = doing((id) => ask("POST", `${path("faults", id)}/release`));
const withdraw = doing((id) => ask("DELETE", path("faults", id)));
const send = doing((id) => ask("POST", `${path(current.name, "notices", id)}/deliver`));
const forge = doing((id, body) => ask("POST", `${path(current.name, "notices", id)}/forge`, { body }));
const turn = doing((name, value) => ask("PUT", path(current.name, "readings", name), { value }));

/** Shows a gateway's own things, which no change moves; then its books. */
async function enter() {
  // A field that somebody left with the focus in it keeps its section as it is: of the other gateway.
  if (document.activeElement.matches("input, select, textarea")) document.activeElement.blur();
  gateways = await ask("GET", "/gateways");
  current = gateways.find(({ name }) => name === nameAt()) ?? gateways[0];
  const { name, title, url, credentials, notifies } = current;
  show(
    "gateways",
    gateways.map((one) =>
      h(
        "li",
        {},
        h("a", { href: `#${one.name}`, key: one.name, "aria-current": one.name === name ? "page" : false }, one.title),
      ),
    ),
  );
  at("title").textContent = title;
  document.title = `${title}: sandbox`;
  const facts = Object.entries({ "base URL": url, ...credentials });
  show(
    "facts",
    h(
      "dl",
      { class: "facts" },
      facts.map(([term, value]) => h("div", {}, h("dt", {}, term), h("dd", {}, h("code", {}, value)))),
    ),
  );
  at("merchant").replaceChildren(...current.merchants.map((one) => option(one)));
  at("operation").replaceChildren(...operationOptions(current));
  offerHappenings();
  at("notifies").hidden = !notifies;
  await look();
}

function showTime() {
  at("now").textContent = instant(now());
}

function offerHappenings() {
  at("happening").replaceChildren(...happeningOptions(current, at("operation").value));
}

/** Reads what may have changed and shows it. A gateway that was left meanwhile is not shown any more. */
async function look() {
  const of = current;
  const [clock, books, faults, journal, readings, notices] = await Promise.all([
    ask("GET", "/clock"),
    ask("GET", path(of.name, "books", merchant())),
    ask("GET", "/faults"),
    ask("GET", "/journal"),
    ask("GET", path(of.name, "readings")),
    of.notifies ? ask("GET", path(of.name, "notices")) : null,
  ]);
  if (of !== current) return;
  offset = clock.now - Date.now();
  showTime();
  at("merchant-label").hidden = of.merchants.length === 1;
  show("sums", sums(books));
  show("payments", payments(books, now(), pass));
  show("faults", scripted(faults, of.name, { release, withdraw }));
  show("journal", requests(journal, of.name));
  show("readings", switches(readings, of.name, turn));
  if (notices !== null) {
    if (document.activeElement !== at("deliver"))
      at("deliver").replaceChildren(
        option("at_once", "delivered at once", notices.deliver === "at_once"),
        option("held", "held", notices.deliver === "held"),
      );
    show("notices", noticeList(notices.notices, { send, forge }));
  }
}

let due = false;
function lookSoon() {
  if (due) return;
  due = true;
  setTimeout(() => {
    due = false;
    look().catch(() => undefined);
  }, 80);
}

function listen() {
  const changes = new EventSource("/changes");
  changes.addEventListener("open", () => {
    at("live").textContent = "live";
    lookSoon();
  });
  changes.addEventListener("change", lookSoon);
  changes.addEventListener("error", () => {
    at("live").textContent = "not connected, trying again";
  });
}

addEventListener("hashchange", enter);
at("merchant").addEventListener("change", () => look());
at("operation").addEventListener("change", offerHappenings);
at("deliver").addEventListener(
  "change",
  doing((event) => ask("PUT", path(current.name, "notices"), { deliver: event.target.value })),
);
at("script").addEventListener("submit", (event) => {
  event.preventDefault();
  void doing(() => ask("POST", "/faults", faultOf(event.target, current.name)))();
});
at("reset").addEventListener(
  "click",
  doing(() => ask("POST", "/reset")),
);
setInterval(showTime, 1000);
setInterval(lookSoon, LOOK_AGAIN_MS);
await enter();
listen();
