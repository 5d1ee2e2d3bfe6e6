import { html, nothing, type TemplateResult } from "lit";
import { icon } from "../look/icons.ts";
import type { ConsoleName } from "../words/console-en.ts";
import { amountText } from "./amount.ts";
import type { Bench } from "./bench.ts";
import { allowed, type ActionName, type Draft, type Plan } from "./draft.ts";
import { isSame, type Form } from "./form.ts";

const TITLES = {
  raise: "addTitle",
  capture: "capture",
  reverse: "release",
  extend: "extendNow",
  resolve: "resolve",
  withdraw: "withdraw",
  takeBack: "takeBack",
} as const satisfies Record<ActionName, ConsoleName>;

/** What a button says without the dots of what follows it. */
export function bare(label: string): string {
  return label.replace("…", "");
}

/** A form of one action: its title, what it holds, what is wrong or happened, and its buttons. */
export function frame(bench: Bench, form: Form, content: unknown, plan: Plan, button: string): TemplateResult {
  const { tell, hands, headingLevel } = bench;
  const { phase, draft } = form;
  const sending = phase === "sending";
  const second = draft.action === "capture" && draft.confirming !== null;
  const again = phase === "unclear" && plan.ok && isSame(form, plan.command);
  const words = sending ? tell("sendingNow") : again ? tell("sendAgain") : button;
  const blocked = sending || again ? "" : blockedBy(bench, draft);
  return html`<form class="form" part="form" novalidate @submit=${(event: Event) => submit(event, bench)}>
    <div class="title" role="heading" aria-level=${headingLevel + 1}>${bare(tell(TITLES[draft.action]))}</div>
    ${content} ${outcome(bench, form, plan)} ${blocked ? html`<p class="why" id="blocked">${blocked}</p>` : nothing}
    <div class="answers">
      ${
        bench.form
          ? html`<button
              type="button"
              class="second"
              part="button"
              aria-disabled=${sending}
              @click=${() => sending || (second ? hands.back() : hands.close())}
            >
              ${tell(second ? "goBack" : "cancel")}
            </button>`
          : nothing
      }
      <button
        class="first"
        part="button"
        aria-disabled=${sending || bench.inert || blocked !== ""}
        aria-describedby=${blocked ? "blocked" : nothing}
      >
        ${words}
      </button>
    </div>
  </form>`;
}

/** Why the action can't be done any more, though its form is open; empty where it can. */
export function blockedBy({ hold }: Bench, { action, step }: Draft): string {
  const may = allowed(action, hold, step);
  return may && !may.ok ? may.reason : "";
}

/** The sentence that the second step repeats before anything is sent. It takes the focus. */
export function sure(words: string): TemplateResult {
  return html`<p class="sure" tabindex="-1">${words}</p>`;
}

/** What may be typed, and how much of it. */
const LONGEST = { amount: 24, reason: 140, evidence: 280 };

export function field(
  { hands, tell, hold }: Bench,
  { draft, pressed, phase }: Form,
  plan: Plan,
  name: keyof typeof LONGEST,
  hint = "",
): TemplateResult {
  const wrong = pressed && !plan.ok && plan.field === name;
  const isAmount = name === "amount";
  return html`<label class="field ${isAmount ? "figures" : ""}">
    <span class="name">${tell(name, { currency: hold.currency })}</span>
    <input
      name=${name}
      autocomplete="off"
      inputmode=${isAmount ? "decimal" : "text"}
      maxlength=${LONGEST[name]}
      placeholder=${hint || nothing}
      ?readonly=${phase === "sending"}
      aria-invalid=${wrong}
      aria-describedby=${wrong ? "problem" : nothing}
      .value=${draft[name]}
      @input=${(event: InputEvent) => event.target instanceof HTMLInputElement && hands.edit({ [name]: event.target.value })}
    />
  </label>`;
}

/** One of several, or one alone. A choice that isn't allowed stays, says why and can't be taken. */
export function choice(
  { hands, form }: Bench,
  type: "radio" | "checkbox",
  name: string,
  label: string,
  checked: boolean,
  blocked: string,
  change: (checked: boolean) => Partial<Draft>,
): TemplateResult {
  const why = `why-${name}`;
  const rests = blocked !== "" || form?.phase === "sending";
  return html`<label class="choice">
      <input
        type=${type}
        name=${type === "radio" ? "choice" : name}
        value=${name}
        aria-disabled=${blocked !== ""}
        aria-describedby=${blocked ? why : nothing}
        .checked=${checked}
        @click=${(event: Event) => rests && event.preventDefault()}
        @change=${(event: Event) => event.target instanceof HTMLInputElement && hands.edit(change(event.target.checked))}
      /><span>${label}</span>
    </label>
    ${blocked ? html`<p class="why" id=${why}>${blocked}</p>` : nothing}`;
}

/** What is wrong with the form, or what came of sending it. */
function outcome(bench: Bench, form: Form, plan: Plan): TemplateResult | typeof nothing {
  const { tell, say, hold, money } = bench;
  const { phase, failure, pressed, moved } = form;
  if (moved) return problem(say("changed"));
  if (phase === "unclear")
    return problem(`${tell(!plan.ok || isSame(form, plan.command) ? "unclear" : "changedAfter")} ${reference()}`);
  if (phase === "refused" && failure) return problem(`${failure.message || tell("refusedBare")} ${reference()}`);
  if (pressed && !plan.ok && phase === "open") {
    const example = amountText(12 * 10 ** hold.exponent, hold.exponent, bench.separators);
    return problem(
      tell(plan.problem, {
        example,
        currency: hold.currency,
        most: money.plain(hold.limits.capture),
        raise: money.plain(hold.limits.raise ?? 0),
      }),
    );
  }
  return nothing;

  function reference(): string {
    return failure?.reference ? say("reference", { reference: failure.reference }) : "";
  }
}

function problem(words: string): TemplateResult {
  return html`<p class="problem" id="problem" role="alert">${icon("triangle", "bad")}<span>${words}</span></p>`;
}

function submit(event: Event, { hands }: Bench): void {
  event.preventDefault();
  hands.press(event);
}
