import { html, nothing, type TemplateResult } from "lit";
import type { Hold } from "../live/decode.ts";
import { vars } from "../look/vars.ts";
import { hasEnded, type Sight } from "./sight.ts";

/**
 * The ship's side with water at the held amount and the Plimsoll mark at the ceiling. All heights are parts of the
 * scale, from 0 to 1; only the water moves.
 */
export function gauge(sight: Sight): TemplateResult {
  const { hold, say, money } = sight;
  const { amounts, ceiling, question, doubt } = hold;
  const ended = hasEnded(hold);
  const opening = hold.lifecycle === "opening" || hold.lifecycle === "waiting";
  const held = ended ? amounts.captured : amounts.held;
  const waiting = ended ? 0 : opening ? Math.max(amounts.requested, amounts.pending) : amounts.pending;
  const top = scaleTop(hold);
  const at = (amount: number): Record<"--at", string> => ({ "--at": String(amount / top) });
  const level = { ...at(held), "--tall": String(waiting / top) };
  const words = meterWords(sight, waiting);
  const still = ended ? (held > 0 ? "still charged" : "dry") : "";
  const picture = html`
    <div class="ticks"></div>
    <div class="sea ${still} ${doubt ? "doubt" : ""}" ${vars(level)}>
      ${waiting > 0 ? html`<div class="pending"></div>` : nothing}
      ${held > 0 ? html`<div class="water"></div>` : nothing}
      ${ended ? nothing : layers(hold).map((amount) => html`<div class="layer" ${vars(at(amount))}></div>`)}
      ${doubt ? html`<div class="waterline"></div>` : nothing}
      ${question ? html`<div class="asked" ${vars(at(question.total))}></div>` : nothing}
      ${ended ? tide(amounts.former) : ceiling ? mark(ceiling.amount) : nothing}
    </div>
  `;
  return ended || !ceiling
    ? html`<div class="gauge" part="gauge" role="img" aria-label=${words}>${picture}</div>`
    : html`<div
        class="gauge"
        part="gauge"
        role="meter"
        aria-label=${say("onHold")}
        aria-valuemin="0"
        aria-valuemax="100"
        aria-valuenow=${Math.min(100, Math.round((held / ceiling.amount) * 100))}
        aria-valuetext=${words}
      >
        ${picture}
      </div>`;

  function mark(amount: number): TemplateResult {
    return html`<div class="ceiling" ${vars(at(amount))}>
      <span class="level">${say("upTo", { amount: money.plain(amount) })}</span>
      <svg class="mark" viewBox="0 0 64 40">
        <path class="halo" d=${MARK} />
        <path d=${MARK} />
      </svg>
    </div>`;
  }

  function tide(former: number): TemplateResult | typeof nothing {
    return former > 0
      ? html`<div class="tide" ${vars(at(former))}>
          <span class="level">${say("was", { amount: money.plain(former) })}</span>
        </div>`
      : nothing;
  }
}

/** Ring of 40 and bar of 64, stroke 3. */
const MARK = "M0 20h64M32 1.5a18.5 18.5 0 1 1 0 37 18.5 18.5 0 1 1 0-37";

/** What the height of the scale stands for: never below anything drawn, and round where there is no ceiling. */
export function scaleTop({ amounts, ceiling, question }: Hold): number {
  const most = Math.max(
    amounts.held + amounts.pending,
    question?.total ?? 0,
    amounts.requested,
    amounts.former,
    amounts.captured,
    1,
  );
  return ceiling ? Math.max(ceiling.amount, most) : round(most / 0.8);
}

/** The next of 1, 2, 2.5, 5, 10 × 10ⁿ. */
function round(amount: number): number {
  const power = 10 ** Math.floor(Math.log10(amount));
  return power * ([1, 2, 2.5, 5].find((factor) => factor * power >= amount) ?? 10);
}

const MOST_LAYERS = 9;

/** Where one increment lies on the one before it, in minor units; the oldest are merged beyond nine. */
export function layers({ steps, amounts }: Hold): number[] {
  let sum = 0;
  let edges: number[] = [];
  for (const { state, kind, applied, sign } of steps) {
    if (state !== "applied" || applied === 0 || kind === "capture") continue;
    if (sign < 0) edges = edges.filter((edge) => edge < sum - applied);
    else if (sum > 0) edges.push(sum);
    sum += sign * applied;
  }
  return edges.filter((edge) => edge < amounts.held).slice(-MOST_LAYERS);
}

function meterWords({ hold, say, money }: Sight, waiting: number): string {
  const { amounts, ceiling } = hold;
  if (hasEnded(hold))
    return `${money.plain(amounts.captured)} ${say("charged")}, ${say("was", { amount: money.plain(amounts.former) })}`;
  const held = money.plain(amounts.held);
  const sentence = ceiling ? say("meter", { held, ceiling: money.plain(ceiling.amount) }) : say("meterFree", { held });
  return waiting > 0 ? say("meterMore", { sentence, amount: money.plain(waiting) }) : sentence;
}
