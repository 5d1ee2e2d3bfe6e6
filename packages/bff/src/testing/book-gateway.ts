import { total } from "@plimsoll/shared";
import type { Attempt, Gateway, Order, Payment } from "../gateways/port.ts";
import type { Capabilities, Finding, Outcome, Snapshot } from "../hold/index.ts";
import { ordinary } from "./capabilities.ts";

/** What the next request meets. `hold` waits for `release`; applying happens before or after the loss of the answer. */
export type Fault =
  | { readonly do: "hold" }
  | { readonly do: "lose"; readonly applied: boolean }
  | { readonly do: "answer"; readonly outcome: Outcome };

export interface BookGateway extends Gateway {
  /** What the gateway's own books say of all payments or of one hold's, in minor units. */
  book(hold?: string): { authorized: number; captured: number; released: number; held: number };
  meet(fault: Fault): void;
  release(): void;
  /** Every request that reached it, by kind. */
  readonly seen: string[];
}

/** A gateway in memory with a book of its own, for tests of what stands in front of gateways. */
export function bookGateway(now: () => number, capabilities: Partial<Capabilities> = {}): BookGateway {
  const applied: Order[] = [];
  const faults: Fault[] = [];
  const seen: string[] = [];
  let letGo: (() => void)[] = [];

  function book(hold?: string) {
    const orders = applied.filter(({ payment }) => hold === undefined || payment.hold === hold);
    const sum = (kind: Order["kind"]) =>
      orders.filter((order) => order.kind === kind).reduce((all, order) => all + order.delta, 0);
    const authorized = sum("authorize") + sum("increment");
    const captured = sum("capture");
    const ended = orders.some(({ kind, final }) => kind === "capture" && final);
    const released = sum("reverse") + (ended ? authorized - sum("reverse") - captured : 0);
    return { authorized, captured, released, held: authorized - captured - released };
  }

  function apply(order: Order): Outcome {
    applied.push(order);
    return approval(order);
  }

  function approval(order: Order): Extract<Outcome, { is: "approved" }> {
    const references = { hold: { payment: `pay-${order.payment.hold}` }, entry: { id: order.reference } };
    const raises = order.kind === "authorize" || order.kind === "increment";
    const own = { is: "approved", applied: order.delta, references } as const;
    return raises
      ? { ...own, grade: "total", total: total(book(order.payment.hold).authorized) }
      : { ...own, grade: "own_amount", total: null };
  }

  async function ask({ order }: Attempt): Promise<Outcome> {
    seen.push(`${order.kind} ${order.delta}`);
    const fault = faults.shift();
    if (!fault) return apply(order);
    switch (fault.do) {
      case "answer":
        return fault.outcome;
      case "lose":
        if (fault.applied) apply(order);
        return { is: "unknown", cause: "lost" };
      case "hold":
        await new Promise<void>((resolve) => letGo.push(resolve));
        return apply(order);
    }
  }

  function find(order: Order): Finding {
    seen.push("find");
    return applied.some(({ reference }) => reference === order.reference)
      ? { ...approval(order), is: "applied" }
      : { is: "absent" };
  }

  function read({ hold }: Payment): Snapshot {
    seen.push("read");
    const { authorized, captured } = book(hold);
    return { is: "snapshot", authorized: total(authorized), captured: total(captured), state: "open", asOf: now() };
  }

  return {
    name: "book",
    payee: "harbor",
    means: ["token", "customer", "instrument", "page"],
    capabilities: () => ({ ...ordinary, ...capabilities }),
    reference: (random) => Buffer.from(random).toString("hex"),
    write: (order) => ({
      dialect: "book",
      method: "POST",
      path: `/${order.kind}`,
      body: JSON.stringify({ amount: order.delta }),
    }),
    ask,
    find: (order) => Promise.resolve(find(order)),
    read: (payment) => Promise.resolve(read(payment)),
    book,
    meet: (fault) => void faults.push(fault),
    release() {
      letGo.forEach((go) => go());
      letGo = [];
    },
    seen,
  };
}
