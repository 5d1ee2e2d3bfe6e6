import type { Refusal } from "@plimsoll/shared";
import type { Command, EntryId, Hold, HoldId } from "../hold/index.ts";
import type { Payer } from "./begin.ts";

/** A command as it comes in at a door. */
export interface Submission {
  readonly hold: HoldId;
  readonly command: Command;
  readonly key?: { readonly scope: string; readonly value: string; readonly digest: string };
  /** For `open`: the order, and whether another hold of it in doubt matters. */
  readonly order?: {
    readonly merchant: string;
    readonly mode: Hold["terms"]["mode"];
    readonly gateway: string;
    readonly order: string;
    readonly besides: boolean;
  };
  readonly payer?: Payer;
}

export type Submitted =
  | { readonly hold: Hold; readonly entry: EntryId; readonly replayed: boolean }
  | { readonly refused: Refusal };
