import type { Delta, Total } from "@plimsoll/shared";
import type { Approval } from "./evidence.ts";
import type {
  Actor,
  AttemptKind,
  Cause,
  Consent,
  Contradiction,
  Entry,
  EntryId,
  Hold,
  Instant,
  Operation,
  OperationId,
  ReadReason,
  References,
  Terms,
  Wait,
  Word,
} from "./model.ts";

/** What happened to a hold: append-only, numbered per hold, from which its state follows. */
export type Event =
  | { readonly type: "opened"; readonly terms: Terms; readonly ceiling: Hold["ceiling"] }
  | { readonly type: "entered"; readonly entry: Entry }
  | { readonly type: "consented"; readonly entry: EntryId; readonly consent: Consent; readonly sendBy: Instant }
  | {
      readonly type: "ended";
      readonly entry: EntryId;
      readonly state: "declined" | "failed" | "withdrawn" | "denied" | "lapsed";
      readonly cause: Cause | null;
      readonly by: Actor | null;
      readonly references?: References;
    }
  | { readonly type: "asked"; readonly operation: Operation }
  | {
      readonly type: "attempted";
      readonly operation: OperationId;
      readonly number: number;
      readonly kind: AttemptKind;
      readonly deadline: Instant;
    }
  /** An attempt's end, with what it showed in a word. */
  | {
      readonly type: "answered";
      readonly operation: OperationId;
      readonly number: number;
      readonly evidence: string;
      /** No answer came at all, or none that tells anything. */
      readonly silent?: true;
    }
  | { readonly type: "doubted"; readonly operation: OperationId; readonly nextLookAt: Instant | null }
  /** It has been in doubt for so long that a person has to know. */
  | { readonly type: "alerted"; readonly operation: OperationId }
  /** The gateway has taken the request, and what became of it is not said: asked again it knew our key, or it made us wait. */
  | { readonly type: "received"; readonly operation: OperationId }
  | { readonly type: "look_planned"; readonly operation: OperationId; readonly at: Instant | null }
  | { readonly type: "undo_wanted"; readonly operation: OperationId; readonly at: Instant }
  /** Applied after all, while it was to be undone: the undo's own answer decides. */
  | { readonly type: "heard"; readonly operation: OperationId; readonly applied: Delta }
  | {
      readonly type: "waited";
      readonly operation: OperationId;
      readonly on: "payer" | "notice";
      readonly until: Instant;
      readonly action: string | null;
    }
  /** What the gateway calls the payment and a step that is not decided yet. */
  | {
      readonly type: "named";
      readonly entry: EntryId;
      readonly references: { readonly hold?: References; readonly entry?: References };
    }
  | { readonly type: "parked"; readonly operation: OperationId }
  | ({
      readonly type: "applied";
      readonly entry: EntryId;
      readonly applied: Delta;
      readonly unverified: boolean;
      /** How it is known: by which grade of answer, or by a person's word. */
      readonly by: Approval["grade"] | "person" | "adopted";
      readonly references: { readonly hold?: References; readonly entry?: References };
    } & Partial<Word>)
  | { readonly type: "released"; readonly entry: EntryId; readonly amount: Total; readonly requested: boolean }
  | { readonly type: "verified"; readonly entries: readonly EntryId[] }
  | { readonly type: "closing"; readonly kind: "capture" | "reversal"; readonly entry: EntryId }
  | { readonly type: "closing_cleared" }
  | { readonly type: "closed" }
  /** A correction has shown that an ended hold still holds: it can be captured or let go again. */
  | { readonly type: "reopened" }
  | { readonly type: "ceiling_raised"; readonly amount: Total; readonly consent: Consent }
  | { readonly type: "review_started" }
  | { readonly type: "review_ended" }
  /** By when it has to be captured, as the gateway says. */
  | { readonly type: "ends_given"; readonly captureBy: Instant }
  /** The time to capture it is running out, or with `passed` is over: the hold stays open. */
  | { readonly type: "warned"; readonly captureBy: Instant; readonly passed: boolean }
  | ({ readonly type: "expired"; readonly lapsed: Total } & Partial<Word>)
  /** `references`: what the late answer called the payment, where nothing else had named it. */
  | { readonly type: "contradicted"; readonly contradiction: Contradiction; readonly references?: References }
  | { readonly type: "agreed" }
  | {
      readonly type: "read_wanted";
      readonly why: ReadReason;
      readonly at: Instant;
      readonly blocks: boolean;
      readonly tries: number;
      /** Tried before: what is known of that wait goes on. */
      readonly waits?: Wait;
    }
  /** The hold's steps have waited for it for so long that a person has to know. */
  | { readonly type: "read_overdue" }
  /** A named person has said that our books are right: no step waits for it any more. */
  | { readonly type: "read_waived" }
  | { readonly type: "read_begun"; readonly deadline: Instant }
  | { readonly type: "read_done"; readonly startedAt: Instant }
  /** What was unproven when the hold opened: whether it can be raised. */
  | { readonly type: "incrementability"; readonly can: "yes" | "no" }
  /** Somebody said: look. `at`: once more then, where somebody had said so just before. */
  | { readonly type: "hinted"; readonly at?: Instant }
  /** In test mode: somebody let time pass for this hold alone. */
  | { readonly type: "time_passed"; readonly ms: number };

/** An event with where it stands, when it was and who or what caused it. */
export interface Recorded {
  readonly seq: number;
  readonly at: Instant;
  readonly actor: Actor | null;
  readonly cause: string;
  readonly event: Event;
}
