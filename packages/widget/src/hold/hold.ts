import { html, LitElement, type PropertyDeclarations, type PropertyValues, type TemplateResult } from "lit";
import { AskEvent, ChangeEvent, EndEvent, EndingEvent, ReadyEvent, StepEvent } from "../events.ts";
import { clock } from "../live/clock.ts";
import type { Hold } from "../live/decode.ts";
import { settings } from "../live/settings.ts";
import { VERSION } from "../version.ts";
import { Announcer, speak } from "../words/announce.ts";
import { consentNames, en, type HoldName } from "../words/en.ts";
import { money } from "../words/money.ts";
import { times } from "../words/time.ts";
import { languageOf, localeFor, translator } from "../words/words.ts";
import { Answers } from "./answering.ts";
import { bankView } from "./bank.ts";
import { card, notices, type Frame } from "./card.ts";
import { styles } from "./hold.css.ts";
import { heard, newsBetween } from "./news.ts";
import { failureNotice, noticeOf } from "./notice.ts";
import { receiptView } from "./end.ts";
import { Receipts } from "./receipts.ts";
import { Shown } from "./shown.ts";
import { hasEnded, type Sight } from "./sight.ts";
import { statesOf } from "./states.ts";

/** What says whose hold is shown: a change of it clears the card before anything new arrives. */
const ORIGIN = ["endpoint", "token", "tokenFrom", "fetchToken", "hold", "demo"] as const;

/**
 * The running hold on a payer's card: how much, whether it is charged, why, until when, live.
 *
 * @element plimsoll-hold
 * @slot - shown before and without data: a sentence with its time, and a link
 * @slot logo - beside the merchant's name
 * @slot help - in the foot, as are `actions` and `footer`
 * @slot actions
 * @slot footer
 */
export class PlimsollHold extends LitElement {
  static readonly version = VERSION;
  static override styles = styles;
  static override properties: PropertyDeclarations = {
    endpoint: {},
    token: {},
    tokenFrom: { attribute: "token-from" },
    hold: {},
    density: {},
    theme: {},
    headingLevel: { attribute: "heading-level", type: Number },
    eager: { type: Boolean },
    demo: {},
    snapshot: { attribute: false },
    fetchToken: { attribute: false },
    messages: { attribute: false },
  };

  /** The BFF's address, with the path it is mounted under; without it the script's own. */
  declare endpoint: string | null;
  /** A hold token. `token-from` is better: it can be renewed, and no page or replay tool keeps it. */
  declare token: string | null;
  /** A path of this page's own origin that answers `{token}` to a POST with cookies. */
  declare tokenFrom: string | null;
  /** Which hold to show, where the token names several. */
  declare hold: string | null;
  /** How much room it takes. */
  declare density: string;
  /** `auto` follows the page's `color-scheme`; or `light`, `dark`. */
  declare theme: string;
  /** Level of the heading, 1 to 6. */
  declare headingLevel: number;
  /** Connects at once instead of when it comes near the viewport. */
  declare eager: boolean;
  /** Shows a state from the fixtures, without a backend. */
  declare demo: string | null;
  /** An answer that the page already has; the higher version wins, and it is shown "as of" until confirmed. */
  declare snapshot: unknown;
  /** Gives a hold token; asked again before it runs out. */
  declare fetchToken: (() => Promise<string>) | undefined;
  /** The merchant's own wordings, by name. The words of the question can't be changed. */
  declare messages: Partial<Record<HoldName, string>> | undefined;

  readonly #internals = this.attachInternals();
  readonly #shown = new Shown(this, (before, after) => this.#changed(before, after));
  readonly #answers = new Answers(this, clock, () => this.#shown.feed);
  readonly #receipts = new Receipts(this);
  readonly #announcer = new Announcer(
    (sentence) => speak(this, this.renderRoot.querySelector("[role=status]"), sentence),
    clock.after,
  );
  #near: IntersectionObserver | undefined;
  #unfolded = { steps: false, bank: false };
  #printing = false;
  #told = "";
  #minute: (() => void) | undefined;

  constructor() {
    super();
    this.density = "card";
    this.theme = "auto";
    this.headingLevel = 3;
    this.eager = false;
  }

  /** The last hold that the server confirmed, or undefined. */
  get value(): Hold | undefined {
    return this.#shown.asOf ? undefined : this.#shown.hold;
  }

  get version(): string {
    return VERSION;
  }

  /** Reads the hold once more. */
  refresh(): Promise<void> {
    return this.#shown.feed?.source.refresh() ?? Promise.resolve();
  }

  /** Unfolds everything that is folded. */
  open(): void {
    this.#unfold({ steps: true, bank: true });
  }

  /** What support asks for. Holds no token. */
  diagnostics(): Readonly<Record<string, string | number | null>> {
    const { hold } = this.#shown;
    const { state, confirmed, failure } = this.#shown.connection;
    return {
      version: VERSION,
      endpoint: this.#endpoint(),
      hold: hold?.id ?? this.hold ?? null,
      holdVersion: hold?.version ?? null,
      connection: state,
      confirmed: confirmed === undefined ? null : new Date(confirmed).toISOString(),
      error: failure?.code ?? null,
      reference: failure?.reference ?? null,
      language: languageOf(this),
    };
  }

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener("beforeprint", this.#print);
    addEventListener("afterprint", this.#print);
    if (this.hasUpdated) this.#approach();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener("beforeprint", this.#print);
    removeEventListener("afterprint", this.#print);
    // Frameworks move elements by taking them out and putting them in again: the stream outlives that.
    queueMicrotask(() => {
      if (this.isConnected) return;
      this.#near?.disconnect();
      this.#minute?.();
      this.#announcer.clear();
      this.#shown.leave();
    });
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (ORIGIN.some((name) => changed.has(name))) {
      if (this.hasUpdated) this.#clear();
      this.#approach();
    } else if (!this.hasUpdated) this.#approach();
    if (changed.has("snapshot") && this.snapshot) this.#shown.snapshot(this.snapshot);
  }

  protected override render(): TemplateResult {
    const sight = this.#sight();
    const locale = localeFor(languageOf(this), en.tag);
    const { state, failure } = this.#shown.connection;
    const classes = [
      "base",
      this.theme,
      sight && !hasEnded(sight.hold) && ["stale", "failed"].includes(state) && "stale",
    ];
    const say = this.#say();
    return html`<div
      role="group"
      class="${classes.filter(Boolean).join(" ")} ${this.#unfolded.steps ? "unfolded" : ""}"
      part="base"
      dir=${en.rtl ? "rtl" : "ltr"}
      lang=${locale}
      aria-label=${sight?.hold.merchant.name ?? say("onHold")}
    >
      ${
        sight
          ? card(sight, this.#frame(sight))
          : html`<div class="blank"><slot></slot></div>
              ${failure ? notices(say, failureNotice(say, failure), this.#retry) : ""}`
      }
      <div class="away" role="status"></div>
    </div>`;
  }

  protected override updated(): void {
    const sight = this.#sight();
    const notice = sight && noticeOf(sight);
    const { states } = this.#internals;
    states.clear();
    if (sight && notice) for (const state of statesOf(sight.hold, sight.connection, notice.kind)) states.add(state);
    if (sight && notice?.kind === "ending") this.#ending(sight);
  }

  #sight(): Sight | undefined {
    const { hold, connection, asOf } = this.#shown;
    if (!hold) return undefined;
    const locale = localeFor(languageOf(this), en.tag);
    const now = this.#shown.now();
    const amounts = money(locale, hold.currency, hold.exponent, en.rtl);
    return { hold, say: this.#say(), money: amounts, times: times(locale, now), now, connection, asOf };
  }

  #say(): Sight["say"] {
    return translator<HoldName>(en, this.messages, consentNames);
  }

  #frame(sight: Sight): Frame {
    const all = this.#printing;
    const mode = sight.hold.mode === "live" ? undefined : "test";
    return {
      ribbon: typeof this.demo === "string" ? "demo" : mode,
      headingLevel: Math.min(6, Math.max(1, Math.round(this.headingLevel) || 3)),
      unfolded: { steps: all || this.#unfolded.steps, bank: all || this.#unfolded.bank },
      unfold: (fold) => this.#unfold({ ...this.#unfolded, [fold]: !this.#unfolded[fold] }),
      retry: this.#retry,
      ask: this.#answers.render(sight),
      bank: () => (hasEnded(sight.hold) ? receiptView(sight, this.#receipts.references) : bankView(sight)),
    };
  }

  #unfold(unfolded: { steps: boolean; bank: boolean }): void {
    this.#unfolded = unfolded;
    const { feed, hold } = this.#shown;
    if (unfolded.bank && feed && hold && hasEnded(hold)) void this.#receipts.load(feed, hold);
    this.requestUpdate();
  }

  #clear(): void {
    this.#shown.clear();
    this.#receipts.references = undefined;
    this.#announcer.clear();
    this.#unfolded = { steps: false, bank: false };
    this.#told = "";
  }

  /** Connects at once where `eager`, else when the element comes near the viewport. */
  #approach(): void {
    const { demo } = this;
    if (typeof demo === "string") return void this.#shown.demo(demo || "open", () => this.demo === demo);
    if (this.eager) return this.#join();
    this.#near ??= new IntersectionObserver((seen) => seen.some((entry) => entry.isIntersecting) && this.#join(), {
      rootMargin: "200px",
    });
    this.#near.disconnect();
    this.#near.observe(this);
  }

  #join(): void {
    this.#near?.disconnect();
    if (!this.isConnected || typeof this.demo === "string") return;
    const { token, tokenFrom, fetchToken } = this;
    this.#shown.join({ endpoint: this.#endpoint(), token, tokenFrom, fetchToken }, this.hold ?? undefined);
  }

  #endpoint(): string {
    return (this.endpoint ?? settings.endpoint).replace(/\/+$/, "");
  }

  /** Tells the page and the screen reader what is new. */
  #changed(before: Hold | undefined, after: Hold): void {
    const sight = this.#sight();
    const news = newsBetween(before, after);
    this.dispatchEvent(before ? new ChangeEvent(after, before) : new ReadyEvent(after));
    for (const step of news.steps) this.dispatchEvent(new StepEvent(after, step));
    if (news.question) this.dispatchEvent(new AskEvent(after, news.question));
    if (news.ended) this.dispatchEvent(new EndEvent(after));
    if (before && sight)
      this.#announcer.add(...heard(before, after, noticeOf(sight, true).text, sight.say, sight.money));
  }

  /** The relative time in the notice moves on by itself; the event fires once an instant of ending. */
  #ending({ hold }: Sight): void {
    const at = hold.ends?.at ?? "";
    if (at !== this.#told) this.dispatchEvent(new EndingEvent(hold, at));
    this.#told = at;
    this.#minute?.();
    this.#minute = clock.after(60_000, () => this.requestUpdate());
  }

  readonly #retry = (): void => {
    void this.refresh();
  };

  readonly #print = (event: Event): void => {
    this.#printing = event.type === "beforeprint";
    this.requestUpdate();
    this.performUpdate();
  };
}

declare global {
  interface HTMLElementTagNameMap {
    "plimsoll-hold": PlimsollHold;
  }
}
