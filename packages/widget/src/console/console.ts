import { html, LitElement, nothing, type PropertyDeclarations, type PropertyValues, type TemplateResult } from "lit";
import { ChangeEvent, EndEvent, ReadyEvent, StepEvent } from "../events.ts";
import { notices } from "../hold/card.ts";
import { newsBetween } from "../hold/news.ts";
import { failureNotice } from "../hold/notice.ts";
import { statesOf } from "../hold/states.ts";
import { clock } from "../live/clock.ts";
import { settings } from "../live/settings.ts";
import type { StaffHold } from "../live/staff.ts";
import { VERSION } from "../version.ts";
import { Announcer, speak } from "../words/announce.ts";
import { consoleEn, staffEn, type ConsoleName } from "../words/console-en.ts";
import { toAll, type HoldName } from "../words/en.ts";
import { money } from "../words/money.ts";
import { times } from "../words/time.ts";
import { languageOf, localeFor, translator } from "../words/words.ts";
import { separatorsOf } from "./amount.ts";
import type { Bench, Hands } from "./bench.ts";
import { styles } from "./console.css.ts";
import { Desk } from "./desk.ts";
import { listView, type Listing } from "./list.ts";
import { heardListed, heardOpen } from "./news.ts";
import { staffNotice } from "./notices.ts";
import { byAttention } from "./order.ts";
import { blank, holdPane } from "./pane.ts";
import { Workbench } from "./workbench.ts";

/** What says whose holds are shown: a change of it clears everything before anything new arrives. */
const ORIGIN = ["endpoint", "token", "tokenFrom", "fetchToken", "hold", "demo"] as const;

/**
 * Running holds for merchant staff, live: one, or a desk's list, with what may be done to each.
 *
 * @element plimsoll-console
 * @slot - shown before and without data
 */
export class PlimsollConsole extends LitElement {
  static readonly version = VERSION;
  static override styles = styles;
  static override properties: PropertyDeclarations = {
    endpoint: {},
    token: {},
    tokenFrom: { attribute: "token-from" },
    hold: {},
    theme: {},
    headingLevel: { attribute: "heading-level", type: Number },
    demo: {},
    fetchToken: { attribute: false },
    messages: { attribute: false },
  };

  /** The BFF's address, with the path it is mounted under; without it the script's own. */
  declare endpoint: string | null;
  /** A console token: of a desk, or of some holds. `token-from` is better: it can be renewed. */
  declare token: string | null;
  /** A path of this page's own origin that answers `{token}` to a POST with cookies. */
  declare tokenFrom: string | null;
  /** Which hold to show, alone, where the token names several. */
  declare hold: string | null;
  /** `auto` follows the page's `color-scheme`; or `light`, `dark`. */
  declare theme: string;
  /** Level of the headings of list and hold, 1 to 5; what is below them is one deeper. */
  declare headingLevel: number;
  /** Shows a desk from the fixtures, without a backend: nothing is ever sent. */
  declare demo: string | null;
  /** Gives a console token; asked again before it runs out. */
  declare fetchToken: (() => Promise<string>) | undefined;
  /** The merchant's own wordings, by name. */
  declare messages: Partial<Record<HoldName | ConsoleName, string>> | undefined;

  readonly #internals = this.attachInternals();
  readonly #desk = new Desk(
    this,
    () => this.#opened,
    (before, after) => this.#changed(before, after),
  );
  readonly #workbench = new Workbench({
    host: this,
    clock,
    feed: () => this.#desk.feed,
    separators: () => separatorsOf(this.#locale()),
    tell: () => this.#tell(),
    focus: (...places) => void this.#focus(...places),
  });
  readonly #announcer = new Announcer(
    (sentence) => speak(this, this.renderRoot.querySelector(".base > [role=status]"), sentence),
    clock.after,
  );
  #opened: string | undefined;
  /** What a phone shows: the list or the hold that is open. */
  #pane: "list" | "hold" = "list";
  #listed = false;
  #search = "";
  #more = false;
  #allSteps = false;
  #begun = false;
  #ready = false;

  constructor() {
    super();
    this.theme = "auto";
    this.headingLevel = 3;
  }

  /** The hold that is open, as the server last confirmed it, or undefined. */
  get value(): StaffHold | undefined {
    return this.#desk.holds.get(this.#opened ?? "");
  }

  /** All holds of the desk, in the order of the list. */
  get holds(): readonly StaffHold[] {
    return byAttention(this.#desk.holds.values());
  }

  get version(): string {
    return VERSION;
  }

  /** Reads everything once more. */
  refresh(): Promise<void> {
    return this.#desk.feed?.source.refresh() ?? Promise.resolve();
  }

  /** Opens a hold of the list by its id, as a press on it would. */
  open(hold: string): void {
    if (!this.#desk.holds.has(hold)) return;
    this.#opened = hold;
    this.#pane = "hold";
    this.#more = false;
    this.#allSteps = false;
    this.requestUpdate();
  }

  /** What support asks for. Holds no token. */
  diagnostics(): Readonly<Record<string, string | number | null>> {
    const { state, confirmed, failure } = this.#desk.connection;
    return {
      version: VERSION,
      endpoint: this.#endpoint(),
      holds: this.#desk.holds.size,
      hold: this.#opened ?? null,
      holdVersion: this.value?.version ?? null,
      connection: state,
      confirmed: confirmed === undefined ? null : new Date(confirmed).toISOString(),
      error: failure?.code ?? null,
      reference: failure?.reference ?? null,
      language: languageOf(this),
    };
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.addEventListener("keydown", this.#key);
    if (this.hasUpdated) this.#join();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.removeEventListener("keydown", this.#key);
    // Frameworks move elements by taking them out and putting them in again: the stream outlives that.
    queueMicrotask(() => {
      if (this.isConnected) return;
      this.#announcer.clear();
      this.#desk.leave();
    });
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!this.hasUpdated || ORIGIN.some((name) => changed.has(name))) {
      if (this.hasUpdated) this.#clear();
      this.#join();
    }
    this.#arrange();
  }

  protected override render(): TemplateResult {
    const { known, connection } = this.#desk;
    const bench = this.#bench();
    const ribbon = typeof this.demo === "string" ? "demo" : this.#testing() ? "test" : undefined;
    const stale = connection.state === "stale" || connection.state === "failed";
    const classes = ["base", this.theme, stale && "stale", this.#listed && "listed", `at-${this.#pane}`];
    return html`<div
      role="group"
      class=${classes.filter(Boolean).join(" ")}
      part="base"
      dir=${consoleEn.rtl ? "rtl" : "ltr"}
      lang=${this.#locale()}
      aria-label=${bench?.hold.merchant.name ?? this.#tell()("openHolds")}
    >
      ${ribbon ? html`<div class="ribbon">${this.#say()(ribbon)}</div>` : nothing}
      ${known ? this.#panes(bench) : this.#before()}
      <div class="away" role="status"></div>
    </div>`;
  }

  protected override updated(): void {
    const bench = this.#bench();
    const { states } = this.#internals;
    states.clear();
    if (bench) for (const state of statesOf(bench.hold, bench.connection, staffNotice(bench).kind)) states.add(state);
  }

  /**
   * The first hold of the list opens by itself, once: after that, what is open never changes under somebody's hands.
   * Where there has been a list, there stays one.
   */
  #arrange(): void {
    const { holds, known } = this.#desk;
    if (!known) return;
    this.#listed ||= !this.hold && holds.size !== 1;
    if (!this.#begun || holds.size === 1) this.#opened ??= this.holds[0]?.id;
    this.#begun ||= holds.size > 0;
    if (this.#opened === undefined || holds.has(this.#opened)) return;
    this.#opened = undefined;
    this.#pane = "list";
  }

  #panes(bench: Bench | undefined): TemplateResult {
    const pane = bench ? holdPane(bench) : blank(this.#tell()("choose"));
    return html`<div class="panes">${this.#listed ? listView(this.#listing()) : nothing}${pane}</div>`;
  }

  /** Nothing has been read yet: the page's own text, and why there is nothing where that is known. */
  #before(): TemplateResult {
    const { failure } = this.#desk.connection;
    const say = this.#say();
    return html`<div class="blank"><slot></slot></div>
      ${failure ? notices(say, failureNotice(say, failure), () => void this.refresh()) : nothing}`;
  }

  #bench(): Bench | undefined {
    const hold = this.value;
    if (!hold) return undefined;
    return {
      hold,
      ...this.#seen(),
      money: this.#money(hold),
      separators: separatorsOf(this.#locale()),
      form: this.#workbench.form(hold.id),
      said: this.#workbench.said(hold.id),
      inert: this.#workbench.inert,
      more: this.#more,
      allSteps: this.#allSteps,
      listed: this.#listed,
      headingLevel: this.#level(),
      hands: this.#hands(hold),
    };
  }

  #listing(): Listing {
    return {
      ...this.#seen(),
      holds: [...this.#desk.holds.values()],
      search: this.#search,
      open: this.#opened,
      moneyOf: (hold) => this.#money(hold),
      headingLevel: this.#level(),
      find: (search) => {
        this.#search = search;
        this.requestUpdate();
      },
      choose: (id) => {
        this.open(id);
        void this.#focus("#label");
      },
    };
  }

  #seen() {
    const now = this.#desk.now();
    const { connection } = this.#desk;
    return { say: this.#say(), tell: this.#tell(), times: times(this.#locale(), now), now, connection, asOf: false };
  }

  #hands(hold: StaffHold): Hands {
    const bench = this.#workbench;
    return {
      begin: (action, step) => bench.begin(hold, action, step),
      edit: (change) => bench.edit(hold, change),
      press: () => bench.press(hold),
      back: () => bench.back(hold),
      close: () => bench.close(hold),
      toggleMore: () => {
        this.#more = !this.#more;
        this.requestUpdate();
      },
      toggleSteps: () => {
        this.#allSteps = !this.#allSteps;
        this.requestUpdate();
      },
      leave: () => this.#leave(),
      retry: () => void this.refresh(),
    };
  }

  /** Back to the list, to the row that was opened. */
  #leave(): void {
    if (!this.#listed) return;
    this.#pane = "list";
    this.requestUpdate();
    void this.#focus(`[data-hold="${this.#opened ?? ""}"]`, "[type=search]");
  }

  /** `/` searches, Escape goes one step back. No letter ever touches money. */
  readonly #key = (event: KeyboardEvent): void => {
    const from = event.composedPath()[0];
    const typing = from instanceof HTMLInputElement && !["radio", "checkbox"].includes(from.type);
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "/" && !typing && this.#listed) {
      event.preventDefault();
      this.#pane = "list";
      this.requestUpdate();
      void this.#focus("[type=search]");
    } else if (event.key === "Escape") this.#escape(typing && from.type === "search");
  };

  #escape(searching: boolean): void {
    const hold = this.value;
    if (searching) {
      this.#search = "";
      this.requestUpdate();
    } else if (!hold || !this.#workbench.close(hold)) this.#leave();
  }

  /** Puts the focus on the first of these places that can be seen, after the next drawing. */
  async #focus(...places: readonly string[]): Promise<void> {
    await this.updateComplete;
    const found = places.flatMap((place) => [...this.renderRoot.querySelectorAll<HTMLElement>(place)]);
    found.find((element) => element.checkVisibility())?.focus();
  }

  #clear(): void {
    this.#desk.clear();
    this.#workbench.clear();
    this.#announcer.clear();
    this.#opened = undefined;
    this.#pane = "list";
    this.#listed = false;
    this.#search = "";
    this.#begun = false;
    this.#ready = false;
  }

  #join(): void {
    const { demo, token, tokenFrom, fetchToken } = this;
    if (typeof demo === "string") return void this.#desk.demo(demo || "desk", () => this.demo === demo);
    if (this.isConnected)
      this.#desk.join({ endpoint: this.#endpoint(), token, tokenFrom, fetchToken }, this.hold ?? undefined);
  }

  #endpoint(): string {
    return (this.endpoint ?? settings.endpoint).replace(/\/+$/, "");
  }

  #locale(): string {
    return localeFor(languageOf(this), consoleEn.tag);
  }

  #level(): number {
    return Math.min(5, Math.max(1, Math.round(this.headingLevel) || 3));
  }

  #say(): Bench["say"] {
    return translator<HoldName>({ ...consoleEn, messages: { ...toAll, ...staffEn } }, this.messages);
  }

  #tell(): Bench["tell"] {
    return translator<ConsoleName>(consoleEn, this.messages);
  }

  #money({ currency, exponent }: StaffHold): Bench["money"] {
    return money(this.#locale(), currency, exponent, consoleEn.rtl);
  }

  #testing(): boolean {
    return [...this.#desk.holds.values()].some(({ mode }) => mode !== "live");
  }

  /** Tells the page and the screen reader what is new. */
  #changed(before: StaffHold | undefined, after: StaffHold): void {
    if (!this.#ready) this.dispatchEvent(new ReadyEvent(after));
    this.#ready = true;
    if (!before) return;
    const news = newsBetween(before, after);
    this.dispatchEvent(new ChangeEvent(after, before));
    for (const step of news.steps) this.dispatchEvent(new StepEvent(after, step));
    if (news.ended) this.dispatchEvent(new EndEvent(after));
    const bench = after.id === this.#opened ? this.#bench() : undefined;
    this.#announcer.add(
      ...(bench ? heardOpen(before, bench, staffNotice(bench, true).text) : heardListed(before, after, this.#seen())),
    );
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "plimsoll-console": PlimsollConsole;
  }
}
