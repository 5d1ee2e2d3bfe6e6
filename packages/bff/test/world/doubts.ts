import type { Hold, Instant, Operation } from "../../src/hold/index.ts";
import { quietAt } from "../../src/hold/looks.ts";
import type { Write } from "./virtual-store.ts";

interface Doubt {
  readonly gateway: string;
  /** When its gateway was first heard since it began, or since it last said nothing to this very operation. */
  heardAt: Instant | null;
}

const PATIENCE = 60_000;

/** How long doubts last once their gateway is heard again. */
export class Doubts {
  /** How many operations were ever in doubt. */
  doubted = 0;
  ends = 0;
  lateEnds = 0;
  readonly #open = new Map<string, Doubt>();

  answers(gateway: string, now: Instant): void {
    for (const doubt of this.#open.values()) if (doubt.gateway === gateway) doubt.heardAt ??= now;
  }

  witness(before: Hold | undefined, { hold, events, at, cause }: Write): void {
    for (const { id, doubtSince } of hold.operations)
      if (doubtSince !== null && !this.#open.has(id)) this.#begins(id, hold.terms.gateway);
    for (const event of events) {
      const doubt = event.type === "answered" && event.silent ? this.#open.get(event.operation) : undefined;
      if (doubt) doubt.heardAt = null;
    }
    for (const operation of before?.operations ?? [])
      if (!hold.operations.some(({ id }) => id === operation.id)) this.#ends(hold, operation, at, cause === "resolve");
  }

  #begins(id: string, gateway: string): void {
    this.doubted += 1;
    this.#open.set(id, { gateway, heardAt: null });
  }

  /** Absence has to be waited for, and so have a payer on the gateway's page and a gateway's notice. */
  #ends(hold: Hold, operation: Operation, at: Instant, byPerson: boolean): void {
    const doubt = this.#open.get(operation.id);
    this.#open.delete(operation.id);
    const { terms } = hold;
    const waits =
      terms.capabilities.recovery.verdict === "notice" ||
      (operation.kind === "authorize" && terms.account.includes("page"));
    if (!doubt || byPerson || waits) return;
    this.ends += 1;
    const declared = Math.max(doubt.heardAt ?? at, quietAt(hold, operation));
    if (at > declared + PATIENCE) this.lateEnds += 1;
  }
}
