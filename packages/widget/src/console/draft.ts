import type { Command } from "../live/desk-door.ts";
import type { Allowed } from "../live/decode.ts";
import type { StaffHold, StaffHoldStep } from "../live/staff.ts";
import type { ConsoleName } from "../words/console-en.ts";
import { amountText, typedAmount, type Separators, type Typed } from "./amount.ts";

export type ActionName = "raise" | "capture" | "reverse" | "extend" | "resolve" | "withdraw" | "takeBack";

/** What somebody has filled in for one action on one hold. */
export interface Draft {
  readonly action: ActionName;
  /** The step that it is about, where it is about one. */
  readonly step: string | null;
  /** As typed. */
  readonly amount: string;
  readonly reason: string;
  /** Ask the payer instead of adding at once. */
  readonly asks: boolean;
  /** Capture although a step is in doubt. */
  readonly leaves: boolean;
  readonly outcome: "applied" | "not_applied" | null;
  readonly evidence: string;
  /** The figures that were confirmed in the second step, or null in the first. */
  readonly confirming: string | null;
}

/** What a draft comes to: something to send, or what is wrong with it and where. */
export type Plan =
  | { readonly ok: true; readonly command: Command; readonly figures: string }
  | {
      readonly ok: false;
      readonly problem: ConsoleName;
      readonly field: "amount" | "leaves" | "outcome" | "evidence" | null;
    };

/** A fresh draft: a capture starts with what can be captured, a verdict with what is in doubt. */
export function begin(action: ActionName, hold: StaffHold, separators: Separators, step: string | null = null): Draft {
  const prefilled = action === "capture" ? capturable(hold) : action === "resolve" ? (hold.doubtful?.amount ?? 0) : 0;
  const draft: Draft = {
    action,
    step: action === "resolve" ? (hold.doubtful?.step ?? null) : step,
    amount: prefilled > 0 ? amountText(prefilled, hold.exponent, separators) : "",
    reason: "",
    asks: !hold.can.increment.ok && hold.can.propose.ok,
    leaves: false,
    outcome: null,
    evidence: "",
    confirming: null,
  };
  if (action === "raise" || action === "capture" || action === "resolve") return draft;
  // Nothing to type: what opens is the second step.
  return { ...draft, confirming: figuresOf(planned(draft, hold, separators)) };
}

/** The figures of a plan that can be sent. */
export function figuresOf(plan: Plan): string | null {
  return plan.ok ? plan.figures : null;
}

/** The command that a draft stands for. What the server would refuse by its view is not planned around: it says so itself. */
export function planned(draft: Draft, hold: StaffHold, separators: Separators): Plan {
  const typed = typedAmount(draft.amount, hold.exponent, separators);
  const at = { hold: hold.id };
  const on = { ...at, step: draft.step ?? "" };
  switch (draft.action) {
    case "raise": {
      if (!typed.ok) return wrong(typed.problem, "amount");
      if (isAboveRaise(hold, typed.minor) && !needsConsent(hold, typed)) return wrong("aboveRaise", "amount");
      const input = { ...at, amount: typed.minor, currency: hold.currency, ...reasonOf(draft) };
      return ready({ name: asksPayer(draft, hold, typed) ? "propose" : "increment", input }, hold);
    }
    case "capture":
      return capture(draft, hold, typed);
    case "reverse":
      return ready({ name: "reverse", input: at }, hold);
    case "extend":
      return ready({ name: "extend", input: at }, hold);
    case "withdraw":
      return ready({ name: "withdraw", input: on }, hold);
    case "takeBack":
      return ready({ name: "reverseIncrement", input: on }, hold);
    case "resolve":
      return resolve(draft, hold, typed);
  }
}

/** Whether the payer will be asked: because somebody chose so, or because it can't be added without them. */
export function asksPayer(draft: Draft, hold: StaffHold, typed: Typed): boolean {
  return hold.can.propose.ok && (draft.asks || !hold.can.increment.ok || needsConsent(hold, typed));
}

/**
 * Whether an amount is above what the payer agreed to: then they have to be asked. A limit below the room up to the
 * ceiling is the operator's own or the gateway's, which no yes of the payer lifts.
 */
export function needsConsent(hold: StaffHold, typed: Typed): boolean {
  const { amounts, ceiling, limits } = hold;
  const room = ceiling && Math.max(0, ceiling.amount - totalWith(hold, 0) - amounts.captured);
  // Before anything is typed, the least step says whether one is possible at all.
  const least = typed.ok ? typed.minor : 1;
  return isAboveRaise(hold, least) && room !== null && limits.raise !== null && limits.raise >= room;
}

/** Whether an amount is more than one step may add: by the ceiling, the operator's own limit or the gateway's. */
function isAboveRaise({ limits }: StaffHold, minor: number): boolean {
  return limits.raise !== null && minor > limits.raise;
}

/** What would be on hold if everything that waits were approved too, in minor units. */
export function totalWith({ amounts }: StaffHold, minor: number): number {
  return amounts.held + amounts.pending + minor;
}

/** What a capture of so much lets go, in minor units. */
export function releasedBy({ amounts }: StaffHold, minor: number): number {
  return Math.max(0, amounts.held - minor);
}

/** What is on hold, as far as it can be captured now. */
function capturable({ amounts, limits }: StaffHold): number {
  return amounts.held > 0 ? Math.min(amounts.held, limits.capture) : limits.capture;
}

/** A step without an answer, which a capture would leave behind. */
export function leavesDoubt({ doubt }: StaffHold): boolean {
  return doubt !== null && doubt.kind === "no_answer";
}

/** The step that would be taken back: the last one that can be, else the last that was added, for its reason why not. */
export function lastToTakeBack({ steps }: StaffHold): StaffHoldStep | undefined {
  return (
    steps.findLast(({ reverse }) => reverse.ok) ??
    steps.findLast(({ kind, state, applied }) => kind === "increment" && state === "applied" && applied > 0)
  );
}

/** Whether an action may be done now and, if not, why: the view's own word. Undefined where the view names no step for it. */
export function allowed(action: ActionName, hold: StaffHold, step: string | null): Allowed | undefined {
  const { can } = hold;
  const named = hold.steps.find(({ id }) => id === step);
  switch (action) {
    case "raise":
      return can.increment.ok ? can.increment : can.propose.ok ? can.propose : can.increment;
    case "takeBack":
      return (named ?? lastToTakeBack(hold))?.reverse;
    case "withdraw":
      return named?.withdraw;
    case "capture":
    case "reverse":
    case "extend":
    case "resolve":
      return can[action];
  }
}

function capture(draft: Draft, hold: StaffHold, typed: Typed): Plan {
  if (!typed.ok) return wrong(typed.problem, "amount");
  if (typed.minor > hold.limits.capture) return wrong("aboveMost", "amount");
  const leaveDoubt = leavesDoubt(hold);
  if (leaveDoubt && !draft.leaves) return wrong("leaveMissing", "leaves");
  const accept = hold.ends?.passed ? ({ accept: "late_presentment" } as const) : {};
  const input = { hold: hold.id, amount: typed.minor, currency: hold.currency, final: true, leaveDoubt, ...accept };
  return ready({ name: "capture", input }, hold);
}

function resolve(draft: Draft, hold: StaffHold, typed: Typed): Plan {
  const { outcome, step } = draft;
  const evidence = draft.evidence.trim();
  if (outcome === null) return wrong("outcomeMissing", "outcome");
  if (outcome === "applied" && !typed.ok) return wrong(typed.problem, "amount");
  if (evidence === "") return wrong("evidenceMissing", "evidence");
  const amount = outcome === "applied" && typed.ok ? { amount: typed.minor } : {};
  const input = { hold: hold.id, step: step ?? "", outcome, evidence, ...amount, ...reasonOf(draft) };
  return ready({ name: "resolve", input }, hold);
}

function reasonOf({ reason }: Draft): { reason?: string } {
  const words = reason.trim();
  return words === "" ? {} : { reason: words };
}

/** The figures are all amounts that a second step repeats: when one of them changes, it has to be looked at again. */
function ready(command: Command, { amounts, limits }: StaffHold): Plan {
  return { ok: true, command, figures: JSON.stringify([command, amounts.held, amounts.pending, limits.capture]) };
}

function wrong(problem: ConsoleName, field: Extract<Plan, { ok: false }>["field"]): Plan {
  return { ok: false, problem, field };
}
