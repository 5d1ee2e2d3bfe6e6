import type { ReactiveControllerHost } from "lit";
import { ErrorEvent } from "../events.ts";
import type { Clock } from "../live/clock.ts";
import { asFailure } from "../live/failure.ts";
import { newKey } from "../live/key.ts";
import type { Command } from "../live/desk-door.ts";
import type { StaffHold } from "../live/staff.ts";
import type { Separators } from "./amount.ts";
import type { Tell } from "./bench.ts";
import type { DeskFeed } from "./desk.ts";
import { allowed, begin, figuresOf, planned, type ActionName, type Draft, type Plan } from "./draft.ts";
import { edited, failed, isSame, opened, sending, type Form } from "./form.ts";

/** Buttons rest for so long after a step changes: a double press may not confirm what nobody has read. */
export const INERT = 500;

/** What the workbench needs of its element. */
export interface Surroundings {
  readonly host: ReactiveControllerHost & HTMLElement;
  readonly clock: Clock;
  readonly feed: () => DeskFeed | undefined;
  readonly separators: () => Separators;
  readonly tell: () => Tell;
  /** Puts the focus on the first visible of these places, after the next drawing. */
  readonly focus: (...places: readonly string[]) => void;
}

/** The forms that are open, one a hold at most, and what is sent of them: nothing is shown as done before the server says so. */
export class Workbench {
  readonly #at: Surroundings;
  readonly #forms = new Map<string, Form>();
  readonly #said = new Map<string, string>();
  #inert = false;
  #wake: (() => void) | undefined;

  constructor(at: Surroundings) {
    this.#at = at;
  }

  form(hold: string): Form | undefined {
    return this.#forms.get(hold);
  }

  /** What came of the last form of a hold. */
  said(hold: string): string {
    return this.#said.get(hold) ?? "";
  }

  get inert(): boolean {
    return this.#inert;
  }

  clear(): void {
    this.#forms.clear();
    this.#said.clear();
    this.#wake?.();
    this.#inert = false;
  }

  begin(hold: StaffHold, action: ActionName, step?: string): void {
    const form = opened(begin(action, hold, this.#at.separators(), step));
    this.#put(hold.id, form);
    const second = form.draft.confirming !== null;
    if (second) this.#rest();
    this.#at.focus(second ? ".sure" : ".form input");
  }

  edit(hold: StaffHold, change: Partial<Draft>): void {
    const form = this.#current(hold);
    if (form.phase !== "sending") this.#put(hold.id, edited(form, change));
  }

  back(hold: StaffHold): void {
    this.edit(hold, {});
    this.#at.focus(".form input");
  }

  /** Gives back whether there was a form to close. One that is being sent stays. */
  close(hold: StaffHold): boolean {
    const form = this.#forms.get(hold.id);
    if (!form || form.phase === "sending") return false;
    this.#forms.delete(hold.id);
    this.#at.host.requestUpdate();
    const { action, step } = form.draft;
    const opener = `[data-action="${action}"]`;
    this.#at.focus(`[data-step="${step ?? ""}"]${opener}`, opener, ".idle input");
    return true;
  }

  /** Goes on to the second step, or sends. */
  press(hold: StaffHold): void {
    const form = this.#current(hold);
    const { draft, phase } = form;
    const plan = planned(draft, hold, this.#at.separators());
    if (phase === "sending" || this.#inert) return;
    if (!plan.ok) return this.#complain(hold, form, plan);
    const again = phase === "unclear" && isSame(form, plan.command);
    if (!again && allowed(draft.action, hold, draft.step)?.ok === false) return;
    if (again || this.#looked(hold, form, plan)) void this.#send(hold, form, plan.command);
  }

  /** Whether the second step has been looked at as things stand now, where there is one. */
  #looked(hold: StaffHold, form: Form, plan: Plan): boolean {
    const { action, confirming } = form.draft;
    const figures = figuresOf(plan);
    const twice = action === "capture";
    if (confirming === figures || (!twice && confirming === null)) return true;
    const moved = confirming !== null;
    const next = moved && twice ? null : figures;
    this.#put(hold.id, { ...form, phase: "open", draft: { ...form.draft, confirming: next }, moved });
    this.#rest();
    if (next !== null) this.#at.focus(".sure");
    return false;
  }

  #complain(hold: StaffHold, form: Form, { field }: Extract<Plan, { ok: false }>): void {
    this.#put(hold.id, { ...form, pressed: true, phase: form.phase === "refused" ? "open" : form.phase });
    if (field) this.#at.focus(`[name=${field}]`, ".form input");
  }

  async #send(hold: StaffHold, form: Form, command: Command): Promise<void> {
    const { host, tell, focus } = this.#at;
    const feed = this.#at.feed();
    if (!feed) return this.#finish(hold.id, tell()("demoOnly"));
    const going = sending(form, command, newKey);
    this.#put(hold.id, going);
    try {
      const done = await feed.source.call((token) => feed.door.send(token, going.unanswered.key, command));
      this.#finish(hold.id, tell()(done.replayed ? "replayed" : "sent"));
      feed.source.take(done);
    } catch (thrown) {
      const failure = asFailure(thrown);
      this.#put(hold.id, failed(going, failure));
      if (form.draft.confirming !== null) focus(".problem");
      host.dispatchEvent(new ErrorEvent(failure.code, failure.reference));
      void feed.source.refresh();
    }
  }

  #finish(hold: string, said: string): void {
    this.#forms.delete(hold);
    this.#said.set(hold, said);
    this.#at.host.requestUpdate();
    this.#at.focus(".said");
  }

  /** The form of a hold: the one that is open, or the one for adding, which stands ready. */
  #current(hold: StaffHold): Form {
    return this.#forms.get(hold.id) ?? opened(begin("raise", hold, this.#at.separators()));
  }

  #put(hold: string, form: Form): void {
    this.#forms.set(hold, form);
    this.#said.delete(hold);
    this.#at.host.requestUpdate();
  }

  #rest(): void {
    this.#inert = true;
    this.#wake?.();
    this.#wake = this.#at.clock.after(INERT, () => {
      this.#inert = false;
      this.#at.host.requestUpdate();
    });
  }
}
