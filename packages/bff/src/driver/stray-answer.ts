import type { Evidence } from "../hold/index.ts";
import type { Job } from "./begin.ts";
import { isAnswer } from "./no-answer.ts";

/**
 * What a person has to know of an answer on a hold that the books don't have: a failover may have lost the commit that
 * opened it. The step's reference is the only trace of it outside the gateway.
 */
export function strayAnswer(job: Job, evidence: Evidence): string | undefined {
  if (job.do === "read" || !isAnswer(evidence)) return undefined;
  const step = `a step of hold ${job.hold.terms.id}, which the books don't have`;
  return `the gateway has answered ${step}: its reference is ${job.operation.reference}`;
}
