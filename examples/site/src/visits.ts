import type { RequestHandler } from "express";
import type { Environment, GatewayChoice } from "./environment.ts";
import type { Body } from "./opening.ts";

/** One order, stay or session as the merchant keeps it: which hold belongs to it, nothing of the card. */
export interface Visit {
  readonly id: string;
  readonly order: string;
  readonly gateway: GatewayChoice;
  hold: string | null;
}

/** In memory: an example forgets its visits when it stops; the holds are safe with Plimsoll. */
export class Visits<Own extends Visit> {
  readonly #visits = new Map<string, Own>();
  readonly #begin: (visit: Visit) => Own;
  readonly #gateways: Environment["gateways"];
  readonly #random: () => string;
  readonly #prefix: string;

  /**
   * @param prefix what an order's number begins with: `STAY`
   * @param begin adds what this merchant keeps of a visit besides
   */
  constructor(prefix: string, { gateways }: Environment, random: () => string, begin: (visit: Visit) => Own) {
    this.#prefix = prefix;
    this.#gateways = gateways;
    this.#random = random;
    this.#begin = begin;
  }

  /** @param gateway the name of one of the merchant's gateways; their usual one where it is not known */
  begin(gateway: unknown): Own {
    const id = this.#random();
    const choice = this.#gateways.find(({ name }) => name === gateway) ?? this.#gateways[0];
    const visit = this.#begin({ id, order: `${this.#prefix}-${id.slice(0, 8)}`, gateway: choice, hold: null });
    this.#visits.set(id, visit);
    return visit;
  }

  find(id: unknown): Own | undefined {
    return typeof id === "string" ? this.#visits.get(id) : undefined;
  }
}

/** Answers for the visit that the path names, `:id`. What goes wrong is said in its own words, as a sentence. */
export function ofVisit<Own extends Visit>(
  visits: Visits<Own>,
  answer: (visit: Own, body: Body) => Promise<object> | object,
): RequestHandler {
  return async (request, response) => {
    const visit = visits.find(request.params["id"]);
    if (!visit) return void response.status(404).json({ message: "There is no such visit. Begin again at the start." });
    try {
      const body: Body = typeof request.body === "object" && request.body !== null ? request.body : {};
      response.json(await answer(visit, body));
    } catch (error) {
      response.status(409).json({ message: error instanceof Error ? error.message : "That did not work." });
    }
  };
}
