import { html, nothing, type TemplateResult } from "lit";
import { freshness } from "../hold/freshness.ts";
import { headline } from "../hold/card.ts";
import { look } from "../hold/ledger.ts";
import { untilEnd } from "../hold/notice.ts";
import { hasEnded, type Sight } from "../hold/sight.ts";
import { scaleTop } from "../hold/gauge.ts";
import type { StaffHold } from "../live/staff.ts";
import { icon } from "../look/icons.ts";
import { vars } from "../look/vars.ts";
import type { Money } from "../words/money.ts";
import type { Bench, Tell } from "./bench.ts";
import { byAttention, matches, needsSomebody } from "./order.ts";

/** A desk's list of holds. */
export interface Listing extends Pick<Sight, "say" | "times" | "connection" | "asOf" | "now"> {
  readonly holds: readonly StaffHold[];
  readonly search: string;
  /** The hold that is open. */
  readonly open: string | undefined;
  readonly tell: Tell;
  readonly moneyOf: (hold: StaffHold) => Money;
  readonly headingLevel: number;
  readonly find: (search: string) => void;
  readonly choose: (id: string) => void;
}

/** The list: what needs somebody first, then the rest; searched by label, order or reference. */
export function listView(listing: Listing): TemplateResult {
  const { holds, search, tell, headingLevel, find } = listing;
  const open = holds.filter((hold) => !hasEnded(hold)).length;
  const found = byAttention(holds.filter((hold) => matches(hold, search)));
  const pressing = found.filter(needsSomebody);
  const calm = found.filter((hold) => !needsSomebody(hold));
  const tabbable = found.some(({ id }) => id === listing.open) ? listing.open : found[0]?.id;
  const searching = search.trim() !== "";
  return html`<div role="group" class="list" part="list" aria-labelledby="holds" @keydown=${walk}>
    <div class="head">
      <div class="merchant" id="holds" role="heading" aria-level=${headingLevel}>
        ${tell("openHolds")} <span class="count">${open}</span>
      </div>
      ${freshness(listing, false)}
    </div>
    <div class="search">
      <input
        type="search"
        aria-label=${tell("search")}
        placeholder=${tell("searchHint")}
        autocomplete="off"
        spellcheck="false"
        .value=${search}
        @input=${(event: Event) => event.target instanceof HTMLInputElement && find(event.target.value)}
      />
    </div>
    ${group("needsYou", pressing)} ${group("calm", calm)}
    ${found.length === 0 ? html`<p class="none">${tell(holds.length === 0 ? "noneOpen" : "noneFound")}</p>` : nothing}
    <p class="away" role="status">
      ${searching ? tell("found", { count: String(found.length), all: String(holds.length) }) : ""}
    </p>
  </div>`;

  function group(name: "needsYou" | "calm", rows: readonly StaffHold[]): TemplateResult | typeof nothing {
    return rows.length === 0
      ? nothing
      : html`<div class="group" id=${name} role="heading" aria-level=${headingLevel + 1}>
            ${tell(name)} <span class="count">${rows.length}</span>
          </div>
          <ul aria-labelledby=${name}>
            ${rows.map((hold) => row(listing, hold, hold.id === tabbable))}
          </ul>`;
  }
}

/** One word why it stands where it stands. */
export function whyOf({ hold, say, tell, times }: Pick<Bench, "hold" | "say" | "tell" | "times">): string {
  switch (hold.attention) {
    case "doubt":
      return say("isChecked");
    case "denied":
      return tell("whyDenied");
    case "lapsed":
      return tell("whyLapsed");
    case "declined":
    case "failed": {
      const step = hold.steps.findLast(({ state }) => state === hold.attention);
      return step ? say(look(step, hold)[2]) : "";
    }
    case "waiting":
      if (hold.question) return tell("whyWaiting");
      return say(hold.lifecycle === "waiting" ? "isAwaited" : "isWaiting");
    case "ending":
      if (hold.lifecycle === "capturing") return tell("whyCapturing");
      if (hold.lifecycle === "reversing") return tell("whyReversing");
      if (hold.ends?.passed) return tell("whyPassed");
      return hold.ends ? tell("whyEnding", { when: untilEnd(hold.ends, say, times) }) : "";
    case "calm":
    case "other":
      return hasEnded(hold) ? tell("whyEnded") : "";
  }
}

function row({ say, tell, times, open, moneyOf, choose }: Listing, hold: StaffHold, tabbable: boolean): TemplateResult {
  const why = whyOf({ hold, say, tell, times });
  const [minor] = headline(hold);
  const detail = [why, hold.order === hold.label ? "" : hold.order].filter(Boolean).join(" · ");
  return html`<li>
    <button
      class="pick"
      part="row"
      data-hold=${hold.id}
      tabindex=${tabbable ? 0 : -1}
      aria-current=${hold.id === open}
      @click=${() => choose(hold.id)}
    >
      ${mark(hold)}<span class="what">${hold.label}</span><span class="money">${moneyOf(hold).plain(minor)}</span>
      ${detail ? html`<span class="detail">${detail}</span>` : nothing}
    </button>
  </li>`;
}

/** The Plimsoll mark, filled up to the held amount: its bar is the ceiling. What needs somebody has its sign instead. */
function mark(hold: StaffHold): TemplateResult {
  switch (hold.attention) {
    case "doubt":
      return icon("triangle", "warn");
    case "denied":
    case "declined":
    case "failed":
      return icon("cross", "bad");
    case "lapsed":
      return icon("clock", "bad");
    case "waiting":
      return icon("question");
    case "ending":
      return icon("clock", "warn");
    case "calm":
    case "other": {
      const share = hold.ceiling ? hold.amounts.held / hold.ceiling.amount : hold.amounts.held / scaleTop(hold);
      return html`<span class="ring" ${vars({ "--at": String(Math.min(share, 2)) })}></span>`;
    }
  }
}

/** Arrows walk through the list, from the search too. */
function walk(event: KeyboardEvent): void {
  const { currentTarget: list, target, key } = event;
  if (
    !(list instanceof Element) ||
    !(target instanceof HTMLElement) ||
    !["ArrowDown", "ArrowUp", "Home", "End"].includes(key)
  )
    return;
  const rows = [...list.querySelectorAll<HTMLElement>(".pick")];
  const at = rows.findIndex((one) => one === target);
  if (at < 0 && key !== "ArrowDown") return;
  const last = rows.length - 1;
  const to = key === "Home" ? 0 : key === "End" ? last : key === "ArrowDown" ? Math.min(at + 1, last) : at - 1;
  event.preventDefault();
  if (to < 0) list.querySelector<HTMLElement>("input")?.focus();
  else rows[to]?.focus();
}
