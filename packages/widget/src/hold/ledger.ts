import { html, nothing, type TemplateResult } from "lit";
import type { Hold, HoldStep } from "../live/decode.ts";
import { icon, type Icon } from "../look/icons.ts";
import type { HoldName } from "../words/en.ts";
import type { Sight } from "./sight.ts";

/** As many steps as the stage has room for. */
export const ROWS = 4;

/** The steps, newest first: the last ones, or all. */
export function ledger(sight: Sight, all: boolean): TemplateResult {
  const newest = sight.hold.steps.toReversed();
  return html`<ol class="rows" reversed>
    ${(all ? newest : newest.slice(0, ROWS)).map((step) => stepRow(sight, step))}
  </ol>`;
}

/** One row of the stage, also of the end. */
export interface Row {
  readonly icon: Icon;
  readonly tone: "good" | "warn" | "bad" | "soft" | "";
  readonly name: string;
  readonly detail: string;
  readonly amount: string;
  /** The amount was not added. */
  readonly struck?: boolean;
}

export function row({ icon: drawing, tone, name, detail, amount, struck }: Row): TemplateResult {
  return html`<li class="row" part="step">
    ${icon(drawing, tone)}
    <span class="what">${name}</span>
    ${amount === "" ? nothing : html`<span class="money ${struck ? "struck" : ""}">${struck ? html`<s>${amount}</s>` : amount}</span>`}
    ${detail === "" ? nothing : html`<span class="detail">${detail}</span>`}
  </li>`;
}

function stepRow({ hold, say, money, times }: Sight, step: HoldStep): TemplateResult {
  const [drawing, tone, word] = look(step, hold);
  const amount = step.state === "applied" ? step.applied : step.asked;
  const status = say(word, { applied: money.plain(step.applied), asked: money.plain(step.asked) });
  return row({
    icon: drawing,
    tone,
    name: step.reason ?? say(nameOf(step, hold.steps[0] === step)),
    detail: `${times.clock(step.at)} · ${status}`,
    amount: amount === 0 ? "" : step.kind === "capture" ? money.plain(amount) : money.signed(amount * step.sign),
    struck: ["declined", "failed", "denied", "withdrawn", "lapsed"].includes(step.state),
  });
}

/** What a kind of step is called where the merchant gave no reason. */
export function nameOf({ kind, state }: HoldStep, first: boolean): HoldName {
  if (first) return "firstHold";
  return kind === "capture" && state === "applied" ? "rowCharged" : NAMES[kind];
}

const NAMES = {
  authorization: "firstHold",
  increment: "addition",
  extension: "prolonging",
  capture: "charge",
  reversal: "takenBack",
  correction: "correction",
  other: "isUpdated",
} as const satisfies Record<HoldStep["kind"], HoldName>;

/** Icon, its tone, and what has become of the step. */
export function look({ state, doubt, asked, applied, kind, sign }: HoldStep, { lifecycle }: Hold): Look {
  if (doubt) return ["question", "warn", "isChecked"];
  if (state === "asking" && lifecycle === "waiting") return ["question", "", "isAwaited"];
  if (state !== "applied") {
    const [drawing, tone, word] = LOOKS[state];
    return [drawing, tone, kind === "capture" && tone === "bad" ? "isNotCharged" : word];
  }
  if (applied < asked) return ["triangle", "warn", "isPartly"];
  if (sign < 0) return ["back", "good", "isReleased"];
  return ["tick", "good", kind === "authorization" || kind === "increment" ? "isAdded" : "isDone"];
}

type Look = readonly [Icon, Row["tone"], HoldName];

const LOOKS: Readonly<Record<Exclude<HoldStep["state"], "applied">, Look>> = {
  proposed: ["question", "", "isProposed"],
  queued: ["clock", "", "isQueued"],
  asking: ["clock", "", "isWaiting"],
  declined: ["cross", "bad", "isNotApproved"],
  failed: ["cross", "bad", "isNotAdded"],
  denied: ["cross", "soft", "isDenied"],
  withdrawn: ["back", "soft", "isWithdrawn"],
  lapsed: ["clock", "soft", "isLapsed"],
  other: ["question", "", "isUpdated"],
};
