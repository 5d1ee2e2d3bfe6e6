import type { Answer } from "../../control/journal.ts";
import type { HostSays, Outcome } from "../outcomes.ts";
import { approved, outcomeNamed } from "../outcomes.ts";
import { brokenAnswer, intermittent, problemAnswer } from "../problems.ts";
import type { MonerisReadings } from "../readings.ts";
import type { Asked, Claim } from "./operation.ts";
import { instanceOf } from "./operation.ts";

/** What comes of an outcome for one amount. */
export type Verdict =
  | {
      readonly is: "approved";
      readonly applied: number;
      readonly says: HostSays;
      readonly manner: Pick<Answer, "manner">;
      /** Said in place of the approval, which stands. */
      readonly instead: Answer | null;
    }
  | { readonly is: "declined"; readonly title: string; readonly says: HostSays; readonly retry: boolean }
  /** Nothing is written. */
  | { readonly is: "broken"; readonly answer: Answer };

/** @param amount minor units, as asked */
export function verdictOf(outcome: Outcome, amount: number, readings: MonerisReadings): Verdict {
  const plain = { is: "approved", applied: amount, says: approved.says, manner: {}, instead: null } as const;
  switch (outcome.kind) {
    case "approved":
      return { ...plain, says: outcome.says, manner: outcome.manner ? { manner: outcome.manner } : {} };
    case "partial":
      return { ...plain, applied: Math.ceil(amount / 2) };
    case "declined":
      return { ...outcome, is: "declined" };
    case "system-timeout":
      return readings.get("systemTimeout") === "declined"
        ? { is: "declined", title: "SYSTEM_TIMEOUT", says: outcome.says, retry: true }
        : { is: "broken", answer: intermittent };
    case "broken":
      return outcome.applied
        ? { ...plain, instead: brokenAnswer(outcome.status) }
        : { is: "broken", answer: brokenAnswer(outcome.status) };
  }
}

/** What a script asks for; approved where it asks for nothing. */
export function scripted({ outcome }: Asked): Outcome {
  return outcomeNamed(outcome ?? "") ?? approved;
}

/** A server error with which nothing was done: 500 has taken the key, "too many" and "unavailable" turn away at the door. */
export function brokenOff(answer: Answer, claim: Claim): Answer {
  if (answer.status === 500) claim.use();
  return answer;
}

/** 422, or 400: OpenAPI 2.6.1 shows the same DECLINED_ERROR for both. */
export function declineAnswer(
  { title, says }: Extract<Verdict, { is: "declined" }>,
  id: string,
  status: 422 | 400 = 422,
): Answer {
  return problemAnswer({
    status,
    title,
    category: "DECLINED_ERROR",
    detail: `${says.message} (${says.iso}/${says.code})`,
    instance: instanceOf(id),
  });
}
