import type { Clock } from "../clock.ts";
import { deadlineIn, PAYMENT_TOKEN, type Gateway } from "../gateways/port.ts";
import type { Evidence } from "../hold/index.ts";
import type { StoredRequest } from "../store/store.ts";
import type { Job } from "./begin.ts";
import { paymentOf, UNWRITTEN } from "./begin.ts";
import { noAnswer } from "./no-answer.ts";

/** How much of an attempt's time may have gone before it starts. A process that stalled longer does not start it. */
const SLACK = 2_000;

export interface Bench {
  readonly clock: Clock;
  readonly request: (operation: string) => Promise<StoredRequest | undefined>;
  readonly unseal: (sealed: string) => Promise<string>;
  readonly alarm: (what: string, error: unknown) => void;
}

/**
 * Does one job at the gateway and brings back what it showed. Never throws and never outlives its deadline:
 * `started` is the monotonic instant from which the written deadline counts. What is left of it is what the stricter clock
 * says: the monotonic one stands still while a machine is suspended, and the other may be set back.
 */
export async function work(job: Job, gateway: Gateway, bench: Bench, started: number): Promise<Evidence> {
  const { clock } = bench;
  const left = () => Math.min(job.limit - (clock.monotonic() - started), job.deadline - clock.now());
  const fault = (cause: string, sent: boolean): Evidence => unanswered(job, cause, sent);
  let stored: StoredRequest | undefined;
  let token: string | null = null;
  try {
    stored = job.do === "read" ? undefined : (job.request ?? (await bench.request(job.operation.id)));
    token = job.do === "ask" && stored?.sealed ? await bench.unseal(stored.sealed) : null;
  } catch {
    return fault("the written request could not be read", false);
  }
  if (job.do !== "read" && !stored) return fault("the written request is missing", false);
  if (stored?.written.dialect === UNWRITTEN.dialect) {
    bench.alarm(`the request of ${stored.operation} could not be written`, undefined);
    return fault("the request could not be written", false);
  }
  if (hasLost(stored, job)) return fault("its operation has ended", false);
  if (left() < job.limit - SLACK) return fault("the process stalled before it was sent", false);

  const { signal, cancel } = deadlineIn(left(), clock);
  try {
    if (job.do === "read") {
      const { startedAt } = job;
      return { from: "read", startedAt, snapshot: await gateway.read(paymentOf(job.hold), signal) };
    }
    if (!stored) return fault("the written request is missing", false);
    const { order, written } = stored;
    const attempt = job.number;
    switch (job.do) {
      case "ask":
        return {
          from: "answer",
          attempt,
          outcome: await gateway.ask({ order, written, number: attempt, token, signal }),
        };
      case "look":
        return {
          from: "look",
          attempt,
          finding: await gateway.find({ ...order, payment: paymentOf(job.hold) }, signal),
        };
      case "undo":
        if (!gateway.undo) return fault("this gateway undoes nothing", true);
        return { from: "undo", attempt, outcome: await gateway.undo(order, signal) };
    }
  } catch (error) {
    return fault(error instanceof Error ? error.name : "fault", true);
  } finally {
    cancel();
  }
}

/** A payment token is erased when its operation ends: somebody has heard how, while this was to be asked again. */
function hasLost(stored: StoredRequest | undefined, job: Job): boolean {
  const isAgain = job.do === "ask" && job.number > 1;
  return isAgain && stored?.sealed === null && stored.written.body.includes(PAYMENT_TOKEN);
}

/** What it means that no answer came: certain that nothing was sent, or in doubt. */
function unanswered(job: Job, cause: string, sent: boolean): Evidence {
  if (job.do === "read") return { from: "read", startedAt: job.startedAt, snapshot: { is: "cannot", cause } };
  if (job.do !== "ask" || sent) return noAnswer(job.do, job.number, cause);
  return { from: "answer", attempt: job.number, outcome: { is: "rejected", cause: "not_sent", again: "later" } };
}
