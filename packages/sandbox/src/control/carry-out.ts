import { setTimeout as sleep } from "node:timers/promises";
import type { Response } from "express";
import type { MetFault } from "./fault-engine.ts";
import type { ServerError } from "./fault.ts";
import type { Answer, JournalNote } from "./journal.ts";
import { alterAnswer } from "./alter-answer.ts";

/** One request to a gateway, ready to be worked on. */
export interface Exchange {
  /** Works on the books. @param outcome asked for by a script, else the amount decides */
  readonly apply: (outcome: string | undefined) => Promise<Answer>;
  /** The gateway's own words for "something broke here". */
  readonly serverError: (error: ServerError) => Answer;
  readonly note: (note: JournalNote) => void;
}

/** Works on a request as the fault it met wants it, and answers, or not, over `response`. */
export async function carryOut(met: MetFault | undefined, exchange: Exchange, response: Response): Promise<void> {
  if (met === undefined) {
    await sendInItsManner(response, await applied(exchange), exchange);
    return;
  }
  exchange.note({ fault: met.id });
  const work = underFault(met, exchange, response);
  met.track(work);
  await work;
}

/** The table of what each fault does. */
async function underFault(met: MetFault, exchange: Exchange, response: Response): Promise<void> {
  const { fault } = met;
  switch (fault.do) {
    case "delay": {
      const early = fault.when === "after" ? await applied(exchange) : undefined;
      await held(met, fault.ms);
      sendWhole(response, early ?? (await applied(exchange)), exchange);
      return;
    }
    case "drop":
      if (fault.when === "after") await applied(exchange);
      cut(response, exchange);
      return;
    case "apply-late":
      cut(response, exchange);
      await held(met, undefined);
      await applied(exchange);
      return;
    case "reset":
      await sendHalfAndReset(response, await applied(exchange), exchange);
      return;
    case "half": {
      const { status, body } = await applied(exchange);
      const text = JSON.stringify(body);
      sendText(response, status, "application/json", text.slice(0, text.length / 2), exchange);
      return;
    }
    case "garble": {
      const { status, body } = await applied(exchange);
      sendText(response, status, "application/json", JSON.stringify(body).replaceAll(/[":]/gu, "\uFFFD"), exchange);
      return;
    }
    case "html":
      if (fault.when === "after") await applied(exchange);
      sendText(
        response,
        fault.status,
        "text/html",
        "<!doctype html><title>Service</title><h1>Please try again</h1>",
        exchange,
      );
      return;
    case "server-error":
      if (fault.when === "after") await applied(exchange);
      sendWhole(response, exchange.serverError(fault), exchange, "altered");
      return;
    case "alter":
      sendWhole(response, alterAnswer(await applied(exchange), fault), exchange, "altered");
      return;
    case "outcome":
      sendWhole(response, await applied(exchange, fault.outcome), exchange);
      return;
    default:
      fault satisfies never;
  }
}

/** A bank that takes its time: longer than a caller at a desk waits, shorter than an attempt's deadline. */
const SLOW_MS = 12_000;

async function sendInItsManner(response: Response, answer: Answer, exchange: Exchange): Promise<void> {
  if (answer.manner === "lost") return cut(response, exchange);
  if (answer.manner === "slow") await sleep(SLOW_MS, undefined, { ref: false });
  sendWhole(response, answer, exchange);
}

async function applied(exchange: Exchange, outcome?: string): Promise<Answer> {
  const answer = await exchange.apply(outcome);
  exchange.note({ handled: true, answer });
  return answer;
}

function held(met: MetFault, ms: number | undefined): Promise<void> {
  return ms === undefined ? met.released : Promise.race([sleep(ms, undefined, { ref: false }), met.released]);
}

function sendWhole(
  response: Response,
  answer: Answer,
  { note }: Exchange,
  delivery: "whole" | "altered" = "whole",
): void {
  if (response.destroyed) {
    note({ delivery: "nothing" });
    return;
  }
  sendAnswer(response, answer);
  note({ delivery });
}

/** The whole of an answer, in the content type that it names. */
export function sendAnswer(response: Response, { status, headers = {}, body }: Answer): void {
  response.status(status).set(headers).json(body);
}

function sendText(response: Response, status: number, type: string, text: string, { note }: Exchange): void {
  response.status(status).type(type).send(text);
  note({ delivery: "broken" });
}

function cut(response: Response, { note }: Exchange): void {
  response.destroy();
  note({ delivery: "nothing" });
}

/** The whole length is promised, half of it is sent, then the connection is reset (RST). */
async function sendHalfAndReset(response: Response, { status, body }: Answer, { note }: Exchange): Promise<void> {
  const bytes = Buffer.from(JSON.stringify(body));
  response.status(status).type("application/json").set("content-length", String(bytes.length));
  await new Promise<void>((resolve) => {
    response.write(bytes.subarray(0, bytes.length / 2), () => resolve());
  });
  response.socket?.resetAndDestroy();
  note({ delivery: "broken" });
}
