import type { Answer } from "../../control/journal.ts";
import { refuse, serverError } from "../answers.ts";
import type { Outcome } from "../outcomes.ts";

/** What a script wants a capture, reversal or void to end in. */
export interface ScriptedAnswer {
  readonly answer: Answer;
  readonly applied: boolean;
}

/**
 * Captures, reversals and voids have no issuer to decline them: only the outcomes that refuse or break fit.
 * @throws WireRefusal for an outcome that is a 400
 */
export function scriptedAnswer(outcome: Outcome | undefined, now: number): ScriptedAnswer | undefined {
  if (outcome?.kind === "refused") throw refuse(outcome.reason, `Declined - ${outcome.message}`);
  return outcome?.kind === "server-error"
    ? { answer: serverError(outcome.reason, now), applied: outcome.applied }
    : undefined;
}
