import { faultSchema, type Fault } from "../../../sandbox/src/control/fault.ts";
import type { Heard } from "../../../sandbox/src/control/line.ts";
import { isOver } from "../../src/gateways/deadline.ts";
import type { Send, WireRequest, WireResult } from "../../src/gateways/wire-client.ts";
import type { Stand } from "./gateways.ts";
import type { Process } from "./process.ts";
import type { Fate, Meets } from "./schedule.ts";
import type { Timeline } from "./timeline.ts";

export interface Net {
  readonly timeline: Timeline;
  stand(origin: string): Stand;
  fate(request: WireRequest): Fate;
  /** Told after each request that a gateway has worked on: there may be notices. */
  worked(stand: Stand): void;
  /** Told of each answer in which a gateway has said something that was heard whole. */
  answered(stand: Stand): void;
  /** Requests that may still be worked on. */
  underWay: number;
}

/** The network as one process has it: what becomes of each request is the world's to say. */
export function sendFrom(process: Process, net: Net): Send {
  return (request, signal) => new Promise((resolve) => new Exchange(request, process, net, signal, resolve).begin());
}

class Exchange {
  readonly #request: WireRequest;
  readonly #process: Process;
  readonly #net: Net;
  readonly #signal: AbortSignal;
  readonly #resolve: (result: WireResult) => void;
  #written = false;
  #over = false;

  constructor(
    request: WireRequest,
    process: Process,
    net: Net,
    signal: AbortSignal,
    resolve: (result: WireResult) => void,
  ) {
    this.#request = request;
    this.#process = process;
    this.#net = net;
    this.#signal = signal;
    this.#resolve = resolve;
  }

  begin(): void {
    if (this.#process.life === "is dead") return;
    if (isOver(this.#signal)) return this.#settle({ is: "not_sent", cause: "aborted" });
    this.#signal.addEventListener("abort", this.#giveUp, { once: true });
    const fate = this.#net.fate(this.#request);
    const { connects } = fate;
    if (connects === 0) return this.#write(fate);
    if (this.#process.boundary("connecting")) return;
    this.#process.later(connects ?? 20, connects === null ? "is refused" : "connects", () => {
      if (this.#over) return;
      if (connects === null) this.#settle({ is: "not_sent", cause: "econnrefused" });
      else this.#write(fate);
    });
  }

  /** From here on it goes its way, whatever becomes of its process. As the wire client does it: nothing past its time. */
  #write(fate: Fate): void {
    if (isOver(this.#signal)) return this.#giveUp();
    this.#written = true;
    const { returns, meets } = fate;
    const arrives = this.#arrives(fate);
    const { method, path } = this.#request;
    const name = `${method} ${path.slice(0, 60)}`;
    if (arrives === null) this.#net.timeline.says(`${this.#process.name} sends ${name}, which is lost`);
    else {
      this.#net.underWay += 1;
      this.#net.timeline.in(
        arrives,
        `${this.#process.name}'s ${name} arrives${meets ? ` and meets ${meets}` : ""}`,
        async () => {
          const heard = await worked(this.#request, this.#net.stand(this.#request.origin), meets);
          this.#net.underWay -= 1;
          this.#net.worked(this.#net.stand(this.#request.origin));
          if (returns !== null) this.#return(heard, meets, returns);
        },
      );
    }
    this.#process.boundary();
  }

  /** No later than its gateway declares. */
  #arrives({ arrives, late, latest }: Fate): number | null {
    if (late !== undefined) return this.#left() + late;
    return arrives === null || latest === undefined ? arrives : Math.min(arrives, this.#left() + latest);
  }

  /** Until the deadline of the attempt that it is part of. */
  #left(): number {
    return this.#process.until(() => isOver(this.#signal), LONGEST);
  }

  #return(heard: Heard, meets: Meets | null, returns: number): void {
    const after = returns + (heard?.after ?? 0);
    this.#process.later(after, `hears ${heard?.status ?? "a reset"} ${meets ?? ""}`, () => {
      if (this.#over || this.#process.boundary()) return;
      if (heard && (meets === null || meets === "declined") && !this.#request.path.includes("oauth"))
        this.#net.answered(this.#net.stand(this.#request.origin));
      this.#settle(heard ? answerOf(heard) : { is: "unclear", cause: "econnreset" });
    });
  }

  readonly #giveUp = (): void => {
    this.#settle(this.#written ? { is: "unclear", cause: "timed_out" } : { is: "not_sent", cause: "aborted" });
  };

  #settle(result: WireResult): void {
    if (this.#over) return;
    this.#over = true;
    this.#signal.removeEventListener("abort", this.#giveUp);
    this.#resolve(result);
  }
}

/** No attempt takes longer. */
const LONGEST = 60_000;

function answerOf({ status, headers, body }: NonNullable<Heard>): WireResult {
  return { is: "answered", status, contentType: headers["content-type"] ?? "", body };
}

/** The gateway works on it, as what it meets will have it. */
async function worked(
  request: WireRequest,
  { conforming, imitation, faults }: Stand,
  meets: Meets | null,
): Promise<Heard> {
  const scripted = meets && faultFor(meets, request, conforming.outcomes);
  if (scripted) faults.script(faultSchema.parse({ ...scripted, gateway: conforming.name }));
  const { method, path, headers, body, origin } = request;
  const sent = {
    method,
    target: path,
    headers: { ...headers, host: new URL(origin).host },
    raw: Buffer.from(body ?? ""),
  };
  const heard = await imitation.answer(sent);
  faults.abandon();
  return heard;
}

type Scripted = Fault extends infer Each ? (Each extends Fault ? Partial<Each> & Pick<Each, "do"> : never) : never;

function faultFor(meets: Meets, request: WireRequest, outcomes: Stand["conforming"]["outcomes"]): Scripted | null {
  switch (meets) {
    case "reset":
      return { do: "reset" };
    case "half":
      return { do: "half" };
    case "garbled":
      return { do: "garble" };
    case "page instead":
      return { do: "html", when: "before", status: 502 };
    case "page after":
      return { do: "html", when: "after", status: 200 };
    case "broken before":
      return { do: "server-error", when: "before" };
    case "broken after":
      return { do: "server-error", when: "after" };
    case "declined":
      return { do: "outcome", outcome: outcomes.declined, match: { operation: raiseOf(request) ?? "authorize" } };
    case "partial":
      return outcomes.partial === undefined
        ? null
        : { do: "outcome", outcome: outcomes.partial, match: { operation: raiseOf(request) ?? "authorize" } };
  }
}

/** Whether a request asks an issuer for more money, by the paths that the gateways document. */
export function raiseOf({ method, path }: Pick<WireRequest, "method" | "path">): "authorize" | "increment" | undefined {
  if (method === "PATCH" || /\/(?:increment|incrementals|changes|amount)$/u.test(path)) return "increment";
  return method === "POST" && /\/(?:payments|holds)$/u.test(path) ? "authorize" : undefined;
}
