import type { MetFault } from "./fault-engine.ts";
import type { ServerError } from "./fault.ts";
import type { Answer, JournalNote } from "./journal.ts";
import { alterAnswer } from "./alter-answer.ts";
import type { Line } from "./line.ts";

/** One request to a gateway, ready to be worked on. */
export interface Exchange {
  /** Works on the books. @param outcome asked for by a script, else the amount decides */
  readonly apply: (outcome: string | undefined) => Promise<Answer>;
  /** The gateway's own words for "something broke here". */
  readonly serverError: (error: ServerError) => Answer;
  readonly note: (note: JournalNote) => void;
}

/** Works on a request as the fault it met wants it, and answers, or not, over `line`. */
export async function carryOut(met: MetFault | undefined, exchange: Exchange, line: Line): Promise<void> {
  if (met === undefined) {
    await sendInItsManner(line, await applied(exchange), exchange);
    return;
  }
  exchange.note({ fault: met.id });
  const work = underFault(met, exchange, line);
  met.track(work);
  await work;
}

/** The table of what each fault does. */
async function underFault(met: MetFault, exchange: Exchange, line: Line): Promise<void> {
  const { fault } = met;
  switch (fault.do) {
    case "delay": {
      const early = fault.when === "after" ? await applied(exchange) : undefined;
      await held(met, fault.ms, line);
      sendWhole(line, early ?? (await applied(exchange)), exchange);
      return;
    }
    case "drop":
      if (fault.when === "after") await applied(exchange);
      cut(line, exchange);
      return;
    case "apply-late":
      cut(line, exchange);
      await met.released;
      await applied(exchange);
      return;
    case "reset":
      await sendHalfAndReset(line, await applied(exchange), exchange);
      return;
    case "half": {
      const { status, body } = await applied(exchange);
      const text = JSON.stringify(body);
      sendText(line, status, JSON_TYPE, text.slice(0, text.length / 2), exchange);
      return;
    }
    case "garble": {
      const { status, body } = await applied(exchange);
      sendText(line, status, JSON_TYPE, JSON.stringify(body).replaceAll(/[":]/gu, "\uFFFD"), exchange);
      return;
    }
    case "html":
      if (fault.when === "after") await applied(exchange);
      sendText(
        line,
        fault.status,
        "text/html; charset=utf-8",
        "<!doctype html><title>Service</title><h1>Please try again</h1>",
        exchange,
      );
      return;
    case "server-error":
      if (fault.when === "after") await applied(exchange);
      sendWhole(line, exchange.serverError(fault), exchange, "altered");
      return;
    case "alter":
      sendWhole(line, alterAnswer(await applied(exchange), fault), exchange, "altered");
      return;
    case "outcome":
      sendWhole(line, await applied(exchange, fault.outcome), exchange);
      return;
    default:
      fault satisfies never;
  }
}

/** A bank that takes its time: longer than a caller at a desk waits, shorter than an attempt's deadline. */
const SLOW_MS = 12_000;

async function sendInItsManner(line: Line, answer: Answer, exchange: Exchange): Promise<void> {
  if (answer.manner === "lost") return cut(line, exchange);
  if (answer.manner === "slow") await line.pause(SLOW_MS);
  sendWhole(line, answer, exchange);
}

async function applied(exchange: Exchange, outcome?: string): Promise<Answer> {
  const answer = await exchange.apply(outcome);
  exchange.note({ handled: true, answer });
  return answer;
}

function held(met: MetFault, ms: number | undefined, line: Line): Promise<void> {
  return ms === undefined ? met.released : Promise.race([line.pause(ms), met.released]);
}

function sendWhole(line: Line, answer: Answer, { note }: Exchange, delivery: "whole" | "altered" = "whole"): void {
  if (line.gone) {
    note({ delivery: "nothing" });
    return;
  }
  sendAnswer(line, answer);
  note({ delivery });
}

const JSON_TYPE = "application/json; charset=utf-8";

/** The whole of an answer, in the content type that it names. */
export function sendAnswer(line: Line, { status, headers = {}, body }: Answer): void {
  line.send({ status, headers: { "content-type": JSON_TYPE, ...headers }, body: JSON.stringify(body) });
}

function sendText(line: Line, status: number, type: string, text: string, { note }: Exchange): void {
  line.send({ status, headers: { "content-type": type }, body: text });
  note({ delivery: "broken" });
}

function cut(line: Line, { note }: Exchange): void {
  line.cut();
  note({ delivery: "nothing" });
}

async function sendHalfAndReset(line: Line, { status, body }: Answer, { note }: Exchange): Promise<void> {
  await line.sendHalf({ status, headers: { "content-type": JSON_TYPE }, body: JSON.stringify(body) });
  note({ delivery: "broken" });
}
