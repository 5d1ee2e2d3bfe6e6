import { html, nothing, type TemplateResult } from "lit";
import { look, nameOf, ROWS } from "../hold/ledger.ts";
import type { Allowed } from "../live/decode.ts";
import type { StaffHoldStep } from "../live/staff.ts";
import { icon } from "../look/icons.ts";
import type { ConsoleName } from "../words/console-en.ts";
import type { Bench } from "./bench.ts";
import type { ActionName } from "./draft.ts";

/** The steps, newest first, with who asked, what the bank answered, and what can still be done to them. */
export function staffLedger(bench: Bench): TemplateResult {
  const newest = bench.hold.steps.toReversed();
  return html`<ol class="rows" reversed>
    ${(bench.allSteps ? newest : newest.slice(0, ROWS)).map((step) => row(bench, step))}
  </ol>`;
}

function row(bench: Bench, step: StaffHoldStep): TemplateResult {
  const { hold, say, tell, money, times } = bench;
  const [drawing, tone, word] = look(step, hold);
  const minor = step.state === "applied" ? step.applied : step.asked;
  const amount = step.kind === "capture" ? money.plain(minor) : money.signed(minor * step.sign);
  const status = say(word, { applied: money.plain(step.applied), asked: money.plain(step.asked) });
  const struck = ["declined", "failed", "denied", "withdrawn", "lapsed"].includes(step.state);
  const answer = answered(bench, step);
  return html`<li class="row" part="step">
    ${icon(drawing, tone)}
    <span class="what">${step.reason ?? say(nameOf(step, hold.steps[0] === step))}</span>
    ${minor === 0 ? nothing : html`<span class="money ${struck ? "struck" : ""}">${struck ? html`<s>${amount}</s>` : amount}</span>`}
    <span class="detail">${times.clock(step.at)} · ${status} · ${tell("askedBy", { by: step.by })}</span>
    ${answer ? html`<span class="detail">${answer}</span>` : nothing}
    ${step.unverified ? html`<span class="detail">${tell("unverified")}</span>` : nothing} ${tools(bench, step)}
  </li>`;
}

/** What the issuer or the gateway said of a step that was not applied, and the network's word on trying again. */
function answered({ tell }: Bench, { state, answer }: StaffHoldStep): string {
  if (!answer || (state !== "declined" && state !== "failed")) return "";
  const { code, networkCode, advice } = answer;
  const words = advice && advice !== "other" ? tell(ADVICE[advice]) : "";
  return [tell("code", { code }), networkCode && tell("networkCode", { code: networkCode }), words]
    .filter(Boolean)
    .join(" · ");
}

const ADVICE = { never_again: "neverAgain", later: "tryLater", other_data: "otherData" } as const satisfies Record<
  string,
  ConsoleName
>;

/** A step that waits can be withdrawn or says why not; one that stands gets a button only where it can be taken back. */
function tools(bench: Bench, step: StaffHoldStep): TemplateResult | typeof nothing {
  const waits = step.state === "proposed" || step.state === "queued";
  if (waits) return tool(bench, step, "withdraw", "withdraw", step.withdraw);
  return step.reverse.ok ? tool(bench, step, "takeBack", "takeBackThis", step.reverse) : nothing;
}

function tool(
  { tell, hands }: Bench,
  step: StaffHoldStep,
  action: ActionName,
  label: ConsoleName,
  may: Allowed,
): TemplateResult {
  const why = `why-${action}-${step.id}`;
  return html`<span class="tool">
    <button
      class="quiet"
      part="button"
      data-action=${action}
      data-step=${step.id}
      aria-disabled=${!may.ok}
      aria-describedby=${may.ok ? nothing : why}
      @click=${() => may.ok && hands.begin(action, step.id)}
    >
      ${tell(label)}
    </button>
    ${may.ok ? nothing : html`<span class="why" id=${why}>${may.reason}</span>`}
  </span>`;
}
