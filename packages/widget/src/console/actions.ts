import { html, nothing, type TemplateResult } from "lit";
import type { ConsoleName } from "../words/console-en.ts";
import type { Bench } from "./bench.ts";
import { captureForm } from "./capture.ts";
import { allowed, begin, lastToTakeBack, type ActionName } from "./draft.ts";
import { bare } from "./fields.ts";
import { opened, type Form } from "./form.ts";
import { raiseForm } from "./raise.ts";
import { resolveForm } from "./resolve.ts";
import { plainForm } from "./reverse.ts";

/** Everything that can be done to a whole hold, the everyday things first. */
const MENU = [
  ["raise", "add"],
  ["capture", "capture"],
  ["takeBack", "takeBack"],
  ["extend", "extend"],
  ["reverse", "release"],
  ["resolve", "resolve"],
] as const satisfies readonly (readonly [ActionName, ConsoleName])[];

/** On a phone these stand in a bar at the bottom, and the others behind *More*. */
const MAIN: readonly ActionName[] = ["raise", "capture"];

/** The form that is open, and what else can be done. Where there is room and nothing is open, adding stands ready. */
export function actionsView(bench: Bench): TemplateResult {
  const { tell, form, said, more } = bench;
  const ready = !form && may(bench, "raise").ok;
  const shown = form?.draft.action ?? (ready ? "raise" : undefined);
  return html`<div
    role="group"
    class="actions ${form ? "busy" : ""} ${more ? "more" : ""}"
    part="actions"
    aria-label=${tell("actions")}
  >
    ${said ? html`<p class="said" tabindex="-1">${said}</p>` : nothing}
    ${
      shown === "raise"
        ? html`<div class=${form ? "" : "idle"}>${raiseForm(bench, form ?? idle(bench))}</div>`
        : form && formView(bench, form)
    }
    <div class="menu" id="menu">
      ${grouped(
        bench,
        MENU.filter(([action]) => action !== shown && (action !== "resolve" || bench.hold.doubtful)),
      )}
    </div>
  </div>`;
}

/** The phone's bar: the two everyday actions and the way to the others. */
export function bar(bench: Bench): TemplateResult {
  const { tell, hands, more } = bench;
  const blocked = MENU.flatMap(([action, label]) => {
    const { ok, reason } = may(bench, action);
    return MAIN.includes(action) && !ok ? [{ action, label, reason }] : [];
  });
  return html`<div class="bar" part="bar">
    <div class="answers">
      ${MENU.filter(([action]) => MAIN.includes(action)).map(([action, label]) => button(bench, action, label, `bar-${action}`))}
      <button
        class="second"
        part="button"
        aria-expanded=${more}
        aria-controls="menu"
        @click=${() => hands.toggleMore()}
      >
        ${tell("more")}
      </button>
    </div>
    ${blocked.map(({ action, label, reason }) => html`<p class="why" id="bar-${action}">${bare(tell(label))}: ${reason}</p>`)}
  </div>`;
}

function formView(bench: Bench, form: Form): TemplateResult {
  switch (form.draft.action) {
    case "capture":
      return captureForm(bench, form);
    case "resolve":
      return resolveForm(bench, form);
    case "raise":
    case "reverse":
    case "extend":
    case "withdraw":
    case "takeBack":
      return plainForm(bench, form);
  }
}

function idle({ hold, separators }: Bench): Form {
  return opened(begin("raise", hold, separators));
}

/** Buttons whose reason is the same share it: it is said once, below the last of them. */
function grouped(bench: Bench, entries: readonly (readonly [ActionName, ConsoleName])[]): TemplateResult[] {
  return entries.map(([action, label], at) => {
    const { ok, reason } = may(bench, action);
    const next = entries[at + 1];
    const shared = next !== undefined && may(bench, next[0]).reason === reason;
    const first = entries.findIndex(([other]) => may(bench, other).reason === reason);
    const why = `why-${entries[first]?.[0] ?? action}`;
    return html`<div class=${MAIN.includes(action) ? "item main" : "item"}>
      ${button(bench, action, label, why)} ${ok || shared ? nothing : html`<p class="why" id=${why}>${reason}</p>`}
    </div>`;
  });
}

function button(bench: Bench, action: ActionName, label: ConsoleName, why: string): TemplateResult {
  const { ok } = may(bench, action);
  const step = action === "takeBack" ? lastToTakeBack(bench.hold)?.id : undefined;
  return html`<button
    class="quiet"
    part="button"
    data-action=${action}
    aria-disabled=${!ok}
    aria-describedby=${ok ? nothing : why}
    @click=${() => ok && bench.hands.begin(action, step)}
  >
    ${bench.tell(label)}
  </button>`;
}

function may({ hold, tell }: Bench, action: ActionName): { readonly ok: boolean; readonly reason: string } {
  const permission = allowed(action, hold, null) ?? { ok: false, reason: tell("noStep") };
  return permission.ok ? { ok: true, reason: "" } : permission;
}
