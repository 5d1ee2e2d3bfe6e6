import type { Snapshot } from "./evidence.ts";
import type { Actor, Consent, EntryId, Hold, Instant, Terms, Word } from "./model.ts";

/** A wish about a hold. `entry` is the id of the entry that it makes; amounts are as they came in and are judged. */
export type Command =
  | (Wish & { readonly do: "open"; readonly terms: Terms; readonly amount: number; readonly ceiling: Hold["ceiling"] })
  | (Wish & {
      readonly do: "adopt";
      readonly terms: Terms;
      readonly ceiling: Hold["ceiling"];
      readonly payment: string;
      readonly snapshot: Snapshot;
    })
  | (Wish & Amount & { readonly do: "increment"; readonly line: string | null; readonly notBefore: Instant | null })
  | (Wish & Amount & { readonly do: "propose"; readonly line: string | null; readonly until: Instant | null })
  | (Wish &
      Amount & {
        readonly do: "capture";
        readonly final: boolean;
        readonly leaveDoubt: boolean;
        /** The time to capture may have passed: that is known. */
        readonly acceptLate: boolean;
      })
  | (Wish & { readonly do: "reverse" })
  | (Wish & { readonly do: "reverse_increment"; readonly target: EntryId })
  | (Wish & { readonly do: "extend" })
  | (Wish & Amount & Word & { readonly do: "correct"; readonly target: EntryId })
  | (OnEntry & {
      readonly do: "approve";
      readonly amount: number;
      readonly total: number;
      readonly how: Consent["how"];
      readonly shown: string;
    })
  | (OnEntry & { readonly do: "deny" })
  | (OnEntry & { readonly do: "withdraw" })
  | (OnEntry &
      Word & {
        readonly do: "resolve";
        readonly outcome: "applied" | "not_applied";
        readonly amount: number | null;
        /** The gateway's id of the payment, where no answer has named it. */
        readonly payment: string | null;
      })
  /** The gateway has charged this much by no step of ours. */
  | (Wish & Amount & Word & { readonly do: "say_captured"; readonly final: boolean })
  | (Word & { readonly do: "say_lapsed"; readonly by: Actor })
  | { readonly do: "hint"; readonly by: Actor }
  /** Before anything else is asked the gateway's books are to be read: ours may be older than what was done. */
  | { readonly do: "audit"; readonly by: Actor }
  | { readonly do: "pass_time"; readonly by: Actor; readonly ms: number };

interface Wish {
  readonly entry: EntryId;
  readonly by: Actor;
  readonly reason: string | null;
}

interface Amount {
  readonly amount: number;
  readonly currency: string;
}

interface OnEntry {
  readonly entry: EntryId;
  readonly by: Actor;
}

/** Whether a command makes a step that the gateway will be asked for; the others are written down, or said by a person. */
export function asksTheGateway(command: Command): boolean {
  switch (command.do) {
    case "open":
    case "increment":
    case "propose":
    case "approve":
    case "capture":
    case "reverse":
    case "reverse_increment":
    case "extend":
      return true;
    case "adopt":
    case "deny":
    case "withdraw":
    case "resolve":
    case "correct":
    case "say_captured":
    case "say_lapsed":
    case "hint":
    case "audit":
    case "pass_time":
      return false;
  }
}
