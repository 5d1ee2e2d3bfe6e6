import { h } from "./dom.js";
import { instant } from "./words.js";

const MOST = 25;

/** The newest requests of one gateway, newest first. */
export function requests(entries, gateway) {
  const own = entries.filter((entry) => entry.gateway === gateway).slice(-MOST);
  if (own.length === 0) return h("p", { class: "quiet" }, "Nothing was asked yet.");
  return own.toReversed().map((entry) => {
    const { n, at, operation, method, path, fault, handled, answer, delivery } = entry;
    const said = answer === null ? (handled ? "" : "not worked on") : String(answer.status);
    const heard = delivery === "whole" ? "" : `heard: ${delivery}`;
    return h(
      "details",
      { key: `request ${n}` },
      h(
        "summary",
        { key: `request summary ${n}` },
        h("strong", {}, operation),
        h("span", {}, said),
        h("span", { class: "quiet" }, [heard, fault].filter(Boolean).join(" · ")),
        h("span", { class: "quiet" }, instant(Date.parse(at))),
      ),
      h("p", {}, h("code", {}, `${method} ${path}`)),
      entry.request === null ? null : h("pre", { tabindex: "0" }, JSON.stringify(entry.request, null, 2)),
      answer === null ? null : h("pre", { tabindex: "0" }, JSON.stringify(answer.body, null, 2)),
    );
  });
}
