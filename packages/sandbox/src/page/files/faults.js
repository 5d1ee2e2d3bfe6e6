import { h, option } from "./dom.js";

/** The form begins with what most people come for; where a gateway has none, with its first. */
const BEGIN_WITH = "increment";

/** What can happen to any request, whatever its outcome: name, what it is to a person, the fault. */
const FAULTS = [
  ["cut, nothing applied", { do: "drop", when: "before" }],
  ["applied, then cut without an answer", { do: "drop", when: "after" }],
  ["waits for release, then applied and answered", { do: "delay", when: "before" }],
  ["applied, the answer waits for release", { do: "delay", when: "after" }],
  ["cut; applied at release", { do: "apply-late" }],
  ["server error, nothing applied", { do: "server-error", when: "before" }],
  ["applied, then a server error", { do: "server-error", when: "after" }],
  ["applied, a web page as the answer", { do: "html", when: "after" }],
  ["applied, half of the answer", { do: "half" }],
  ["applied, an answer that is no JSON", { do: "garble" }],
  ["applied, reset in the middle of the answer", { do: "reset" }],
];

export function operationOptions({ operations }) {
  return [
    ...[...new Set(operations)].map((name) => option(name, name, name === BEGIN_WITH)),
    option("any", "request of any kind"),
  ];
}

/** What fits the operation, its outcomes first. */
export function happeningOptions({ outcomes }, operation) {
  const fitting = outcomes.filter(({ operations }) => operations.includes(operation));
  const outcomeOptions = fitting.map(({ name, what }) => option(`outcome ${name}`, `${name}: ${what}`));
  return [
    ...(outcomeOptions.length === 0 ? [] : [h("optgroup", { label: "Outcome" }, outcomeOptions)]),
    h(
      "optgroup",
      { label: "On the way" },
      FAULTS.map(([text], index) => option(`fault ${index}`, text)),
    ),
  ];
}

/** The fault that the form asks for. */
export function faultOf(form, gateway) {
  const { operation, happening, reference, times } = form.elements;
  const [kind, ...rest] = happening.value.split(" ");
  const name = rest.join(" ");
  const what = kind === "outcome" ? { do: "outcome", outcome: name } : FAULTS[Number(name)][1];
  const named = reference.value.trim();
  const often = times.value.trim();
  return {
    gateway,
    match: { operation: operation.value, ...(named === "" ? {} : { reference: named }) },
    times: often === "always" ? often : Number(often),
    ...what,
  };
}

/** What is scripted for this gateway and not over. */
export function scripted(faults, gateway, { release, withdraw }) {
  const own = faults.filter((fault) => fault.gateway === gateway && fault.state !== "done");
  if (own.length === 0) return h("p", { class: "quiet" }, "Nothing is scripted: amounts decide.");
  return h(
    "ul",
    { class: "plain" },
    own.map((fault) => {
      const { id, state, match, times } = fault;
      const who = match.reference === undefined ? match.operation : `${match.operation} with ${match.reference}`;
      const button = (text, act) =>
        h("button", { type: "button", key: `${text} ${id}`, on: { click: () => act(id) } }, text);
      return h(
        "li",
        {},
        h("span", {}, h("strong", {}, wordsOf(fault)), ` to ${who}, ${times === 1 ? "once" : `${times} times`}`),
        h("span", { class: "state" }, state),
        state === "holding" ? button("Release", release) : button("Withdraw", withdraw),
      );
    }),
  );
}

function wordsOf(fault) {
  if (fault.do === "outcome") return fault.outcome;
  const known = FAULTS.find(([, what]) => what.do === fault.do && what.when === fault.when);
  return known === undefined ? fault.do : known[0];
}
