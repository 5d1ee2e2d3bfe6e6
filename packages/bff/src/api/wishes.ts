import type {
  CapturedInput,
  CaptureInput,
  CorrectInput,
  IncrementInput,
  LapsedInput,
  OnStepInput,
  ProposeInput,
  ResolveInput,
  ReverseInput,
} from "@plimsoll/shared";
import type { Actor, Command } from "../hold/index.ts";

/** A command but for who asks and what its new entry is called. */
export type Wish = (made: { readonly entry: string; readonly by: Actor }) => Command;

/*
 * What comes in at the console's and the merchant's door, as commands: each once for both.
 */

export function increment({ amount, currency, reason, line }: IncrementInput): Wish {
  const said = { amount, currency, reason: reason ?? null, line: line ?? null, notBefore: null };
  return (made) => ({ do: "increment", ...made, ...said });
}

export function propose({ amount, currency, reason, line, until }: ProposeInput): Wish {
  const answerBy = until === undefined ? null : Date.parse(until);
  const said = { amount, currency, reason: reason ?? null, line: line ?? null, until: answerBy };
  return (made) => ({ do: "propose", ...made, ...said });
}

export function withdraw({ step }: OnStepInput): Wish {
  return ({ by }) => ({ do: "withdraw", entry: step, by });
}

export function capture({ amount, currency, reason, final, leaveDoubt, accept }: CaptureInput): Wish {
  const said = { amount, currency, reason: reason ?? null, final, leaveDoubt, acceptLate: accept !== undefined };
  return (made) => ({ do: "capture", ...made, ...said });
}

export function reverse({ reason }: ReverseInput): Wish {
  return (made) => ({ do: "reverse", ...made, reason: reason ?? null });
}

export function reverseIncrement({ step, reason }: OnStepInput): Wish {
  return (made) => ({ do: "reverse_increment", ...made, target: step, reason: reason ?? null });
}

export function extend({ reason }: ReverseInput): Wish {
  return (made) => ({ do: "extend", ...made, reason: reason ?? null });
}

export function resolve({ step, outcome, amount, payment, evidence, reason }: ResolveInput): Wish {
  const said = { outcome, amount: amount ?? null, payment: payment ?? null, evidence, reason: reason ?? null };
  return ({ by }) => ({ do: "resolve", entry: step, by, ...said });
}

export function correct({ step, amount, currency, evidence, reason }: CorrectInput): Wish {
  return (made) => ({ do: "correct", ...made, target: step, amount, currency, evidence, reason: reason ?? null });
}

export function sayCaptured({ amount, currency, final, evidence, reason }: CapturedInput): Wish {
  return (made) => ({ do: "say_captured", ...made, amount, currency, final, evidence, reason: reason ?? null });
}

export function sayLapsed({ evidence, reason }: LapsedInput): Wish {
  return ({ by }) => ({ do: "say_lapsed", by, evidence, reason: reason ?? null });
}
