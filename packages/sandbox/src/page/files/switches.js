import { h, option } from "./dom.js";

/** Switches that were turned stand openly; those at their default are folded away, for there are many. */
export function switches(readings, gateway, turn) {
  const turned = readings.filter(({ value, default: first }) => value !== first);
  const rest = readings.filter(({ value, default: first }) => value === first);
  const row = (reading) => switchRow(reading, turn);
  const key = `switches ${gateway}`;
  if (rest.length === 0) return turned.map(row);
  return [
    ...turned.map(row),
    h("details", { key }, h("summary", { key: `${key} summary` }, `${rest.length} at their default`), rest.map(row)),
  ];
}

function switchRow({ name, value, values, meaning, source, default: first }, turn) {
  const key = `switch ${name}`;
  const choose = async (event) => {
    const chosen = event.target.value;
    // What has the focus is not shown anew; it gets it back wherever its row then stands.
    event.target.blur();
    await turn(name, chosen);
    document.querySelector(`[data-key="${CSS.escape(key)}"]`)?.focus();
  };
  return h(
    "div",
    { class: value === first ? "switch" : "switch turned" },
    h(
      "label",
      {},
      h("code", {}, name),
      h(
        "select",
        { key, on: { change: choose } },
        values.map((one) => option(one, one === first ? `${one} (default)` : one, one === value)),
      ),
    ),
    h("p", {}, meaning),
    h("p", { class: "quiet" }, source),
  );
}
