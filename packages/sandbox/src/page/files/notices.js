import { older } from "./books.js";
import { h } from "./dom.js";
import { instant } from "./words.js";

const OPENLY = 3;

/** The gateway's notices, newest first, each to be sent as often as one likes, or forged. */
export function noticeList(notices, acts) {
  if (notices.length === 0) return h("p", { class: "quiet" }, "None yet.");
  const newest = notices.toReversed();
  const articles = (some) => noticeArticles(some, acts);
  return [articles(newest.slice(0, OPENLY)), older(newest.slice(OPENLY), "notices", articles)].flat();
}

function noticeArticles(notices, { send, forge }) {
  return notices.map((notice) => {
    const { id, at, url, reference, body, deliveries } = notice;
    const area = h(
      "textarea",
      { rows: "4", key: `body ${id}`, "aria-label": `Body of ${id}`, spellcheck: "false" },
      body,
    );
    const button = (text, act) => h("button", { type: "button", key: `${text} ${id}`, on: { click: act } }, text);
    return h(
      "article",
      { "aria-label": id },
      h("p", {}, h("code", {}, reference), " to ", h("code", {}, url)),
      h("p", { class: "quiet" }, instant(Date.parse(at)), ". ", deliveries.map(wordsOf).join("; ") || "Not sent yet."),
      h(
        "p",
        {},
        button("Deliver", () => send(id)),
      ),
      h(
        "details",
        { key: `forge ${id}` },
        h("summary", { key: `forge summary ${id}` }, "Body, and a forged one"),
        area,
        button("Send this body with the old signature", () => forge(id, area.value)),
      ),
    );
  });
}

function wordsOf({ status, failure, forged }) {
  return `${forged ? "forged, " : ""}${status === null ? failure : `answered ${status}`}`;
}
