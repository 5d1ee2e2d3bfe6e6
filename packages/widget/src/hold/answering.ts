import type { ReactiveController, ReactiveControllerHost, TemplateResult } from "lit";
import { AnswerEvent, ErrorEvent } from "../events.ts";
import type { Clock } from "../live/clock.ts";
import type { Message, Hold, Question } from "../live/decode.ts";
import { asFailure } from "../live/failure.ts";
import { newKey } from "../live/key.ts";
import { askView, type Answering } from "./ask.ts";
import type { PayerFeed } from "./shown.ts";
import type { Sight } from "./sight.ts";

/** Buttons rest for so long after they appear or change: the amount may not change under a finger. */
export const INERT = 500;

/** The payer's answer to the question that is shown: only by a person's own press, and at most one at a time. */
export class Answers implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #clock: Clock;
  readonly #feed: () => PayerFeed | undefined;
  #shown = "";
  #state: Answering = "inert";
  #cancel: (() => void) | undefined;

  constructor(host: ReactiveControllerHost & HTMLElement, clock: Clock, feed: () => PayerFeed | undefined) {
    this.#host = host;
    this.#clock = clock;
    this.#feed = feed;
    host.addController(this);
  }

  hostDisconnected(): void {
    this.#shown = "";
  }

  /** The question as it stands now, or undefined where none is open. */
  render(sight: Sight): TemplateResult | undefined {
    const { question, amounts } = sight.hold;
    if (!question) {
      // The buttons go, and with them the focus: it goes on to the sentence.
      const root = this.#host.shadowRoot;
      if (root?.activeElement?.closest(".ask"))
        void this.#host.updateComplete.then(() => root.querySelector<HTMLElement>(".notice p")?.focus());
      this.#shown = "";
      return undefined;
    }
    const shown = [question.id, question.amount, question.total, amounts.held, sight.asOf].join();
    if (shown !== this.#shown) this.#rest(shown);
    return askView(sight, question, this.#state, (event, yes) => {
      if (event.isTrusted && this.#state !== "inert" && this.#state !== "sending")
        void this.#answer(sight.hold, question, yes);
    });
  }

  #rest(shown: string): void {
    this.#shown = shown;
    this.#state = "inert";
    this.#cancel?.();
    this.#cancel = this.#clock.after(INERT, () => this.#become("open"));
  }

  #become(state: Answering): void {
    this.#state = state;
    this.#host.requestUpdate();
  }

  async #answer(hold: Hold, question: Question, yes: boolean): Promise<void> {
    const feed = this.#feed();
    const event = new AnswerEvent(hold, question, yes);
    this.#host.dispatchEvent(event);
    if (!feed || (yes && event.defaultPrevented)) return;
    this.#become("sending");
    try {
      await event.response;
      feed.source.take(await this.#send(feed, hold, question, yes));
    } catch (thrown) {
      const { code, reference } = asFailure(thrown);
      this.#become(code === "stale_consent" || code === "not_waiting" ? "stale" : "failed");
      this.#host.dispatchEvent(new ErrorEvent(code, reference));
      void feed.source.refresh();
    }
  }

  #send({ source, door }: PayerFeed, { id, version }: Hold, question: Question, yes: boolean): Promise<Message<Hold>> {
    const key = newKey();
    const { amount, total } = question;
    return source.call((token) =>
      yes
        ? door.approve(token, key, { hold: id, question: question.id, amount, total, version })
        : door.deny(token, key, { hold: id, question: question.id }),
    );
  }
}
