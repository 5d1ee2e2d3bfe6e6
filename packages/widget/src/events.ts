import type { Connection } from "./live/source.ts";
import type { Hold, HoldStep, Question } from "./live/decode.ts";

/** The first answer is shown. */
export class ReadyEvent extends Event {
  readonly hold: Hold;
  constructor(hold: Hold) {
    super("plimsoll-ready", SEEN);
    this.hold = hold;
  }
}

/** A newer version is shown. */
export class ChangeEvent extends Event {
  readonly hold: Hold;
  readonly before: Hold;
  constructor(hold: Hold, before: Hold) {
    super("plimsoll-change", SEEN);
    this.hold = hold;
    this.before = before;
  }
}

/** A step is new, or has ended. */
export class StepEvent extends Event {
  readonly hold: Hold;
  readonly step: HoldStep;
  constructor(hold: Hold, step: HoldStep) {
    super("plimsoll-step", SEEN);
    this.hold = hold;
    this.step = step;
  }
}

/** A question to the payer is shown. */
export class AskEvent extends Event {
  readonly hold: Hold;
  readonly question: Question;
  constructor(hold: Hold, question: Question) {
    super("plimsoll-ask", SEEN);
    this.hold = hold;
    this.question = question;
  }
}

/**
 * The payer has answered, and the answer is about to be sent. A *yes* can be cancelled, a *no* can't. With
 * `respondWith` the page runs its gateway's challenge first: the answer is sent when the promise resolves and
 * not at all when it rejects.
 */
export class AnswerEvent extends Event {
  readonly hold: Hold;
  readonly question: Question;
  readonly yes: boolean;
  /** What `respondWith` was given. */
  response: Promise<unknown> | undefined;
  constructor(hold: Hold, question: Question, yes: boolean) {
    super("plimsoll-answer", { ...SEEN, cancelable: yes });
    this.hold = hold;
    this.question = question;
    this.yes = yes;
  }
  respondWith(response: Promise<unknown>): void {
    this.response ??= response;
  }
}

/** The hold has ended: captured, reversed, expired, declined or failed. */
export class EndEvent extends Event {
  readonly hold: Hold;
  constructor(hold: Hold) {
    super("plimsoll-end", SEEN);
    this.hold = hold;
  }
}

/** The hold ends within a day. Fires once an instant of ending. */
export class EndingEvent extends Event {
  readonly hold: Hold;
  readonly at: string;
  constructor(hold: Hold, at: string) {
    super("plimsoll-ending", SEEN);
    this.hold = hold;
    this.at = at;
  }
}

/** How fresh the shown hold is has changed. */
export class ConnectionEvent extends Event {
  readonly state: Connection["state"];
  constructor(state: Connection["state"]) {
    super("plimsoll-connection", SEEN);
    this.state = state;
  }
}

/** The hold can't be shown or an answer could not be sent. */
export class ErrorEvent extends Event {
  /** One of the contract's codes, or "network", "unreadable", "http". */
  readonly code: string;
  /** For support; empty where the server gave none. */
  readonly reference: string;
  /** Where in the product's documentation the code is explained. */
  readonly docs: string;
  constructor(code: string, reference: string) {
    super("plimsoll-error", SEEN);
    this.code = code;
    this.reference = reference;
    this.docs = `docs/errors.md#${code}`;
  }
}

const SEEN = { bubbles: true, composed: true } as const;

export interface PlimsollEvents {
  "plimsoll-ready": ReadyEvent;
  "plimsoll-change": ChangeEvent;
  "plimsoll-step": StepEvent;
  "plimsoll-ask": AskEvent;
  "plimsoll-answer": AnswerEvent;
  "plimsoll-end": EndEvent;
  "plimsoll-ending": EndingEvent;
  "plimsoll-connection": ConnectionEvent;
  "plimsoll-error": ErrorEvent;
}

declare global {
  interface GlobalEventHandlersEventMap extends PlimsollEvents {}
}
