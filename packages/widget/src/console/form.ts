import type { Command } from "../live/desk-door.ts";
import type { Failure } from "../live/failure.ts";
import type { Draft } from "./draft.ts";

/** A draft on its way: what was sent of it under which key, and what came of it. */
export interface Form {
  readonly draft: Draft;
  /** Somebody wanted it sent as it stood: what is wrong with it is said from then on. */
  readonly pressed: boolean;
  readonly phase: "open" | "sending" | "refused" | "unclear";
  readonly failure: Failure | undefined;
  /** What was sent last and may have got through, with its idempotency key. */
  readonly unanswered: { readonly key: string; readonly body: string } | undefined;
  /** The hold changed between the first and the second step. */
  readonly moved: boolean;
}

export function opened(draft: Draft): Form {
  return { draft, pressed: false, phase: "open", failure: undefined, unanswered: undefined, moved: false };
}

/** Somebody typed: an error of before speaks no more of what stands there now. */
export function edited(form: Form, change: Partial<Draft>): Form {
  const phase = form.phase === "refused" ? "open" : form.phase;
  return { ...form, draft: { ...form.draft, confirming: null, ...change }, phase, moved: false };
}

/**
 * The form while a command is sent. The same command keeps its key until it is answered, so that pressing again
 * after a lost answer can't count twice; a changed one gets a new key.
 */
export function sending(
  form: Form,
  command: Command,
  newKey: () => string,
): Form & { readonly unanswered: { readonly key: string } } {
  const body = JSON.stringify(command);
  const key = form.unanswered?.body === body ? form.unanswered.key : newKey();
  return { ...form, phase: "sending", failure: undefined, unanswered: { key, body }, moved: false };
}

/** The form after something went wrong: refused for certain, or without any answer. */
export function failed(form: Form, failure: Failure): Form {
  return isUnclear(failure)
    ? { ...form, phase: "unclear", failure }
    : { ...form, phase: "refused", failure, unanswered: undefined, draft: { ...form.draft, confirming: null } };
}

/** Whether this is the very request that may have got through. */
export function isSame({ unanswered }: Form, command: Command): boolean {
  return unanswered?.body === JSON.stringify(command);
}

/** Failures that leave open whether the command was taken: no answer, half an answer, or an accident on the way to it. */
function isUnclear({ code }: Failure): boolean {
  return ["http", "network", "unreadable", "internal", "store_unavailable"].includes(code);
}
