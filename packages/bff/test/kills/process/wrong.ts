import type { Gateway, Order } from "../../../src/gateways/port.ts";
import type { Finding, Outcome } from "../../../src/hold/index.ts";
import type { Ids } from "../../../src/ids.ts";
import type { Store, StoredRequest } from "../../../src/store/store.ts";
import type { Wrong } from "../contract.ts";

interface Parts {
  readonly store: Store;
  readonly gateway: Gateway;
  readonly ids: Ids;
  readonly unseal: (sealed: string) => Promise<string>;
}

type Made = Pick<Parts, "store" | "gateway">;

/**
 * The ways of doing it that look right and aren't. They are put in place of the shipped one so that the same kills and
 * the same judge find them: what can't find these would prove nothing about the shipped one.
 */
export function wronged(wrong: Wrong | undefined, parts: Parts): Made {
  switch (wrong) {
    case undefined:
      return parts;
    case "call, then record":
      return callThenRecord(parts);
    case "blind resend":
      return { store: parts.store, gateway: resending(parts) };
    case "look-up without a quiet time":
      return { store: parts.store, gateway: hasty(parts.gateway) };
  }
}

/** Asks before anything is written, and writes the answer down with the wish: a process that dies between knows of nothing. */
function callThenRecord({ store, gateway, unseal }: Parts): Made {
  const answers = new Map<string, Outcome>();
  const asked = async ({ order, written, sealed }: StoredRequest) => {
    const token = sealed === null ? null : await unseal(sealed);
    const { signal } = new AbortController();
    answers.set(order.payment.hold, await gateway.ask({ order, written, number: 1, token, signal }));
  };
  return {
    store: {
      ...store,
      async commit(target, change) {
        const seen = await store.commit(target, (now) => ({ result: now }));
        const { write } = change(seen);
        for (const request of write?.requests ?? []) await asked(request);
        return store.commit(target, change);
      },
    },
    gateway: {
      ...gateway,
      async ask(attempt) {
        const answer = answers.get(attempt.order.payment.hold);
        answers.delete(attempt.order.payment.hold);
        return answer ?? gateway.ask(attempt);
      },
    },
  };
}

/** In doubt it asks again, as a new request: nobody can have seen the first one, it thinks. */
function resending({ gateway, ids }: Parts): Gateway {
  return {
    ...gateway,
    async find(order, signal) {
      const again: Order = { ...order, reference: gateway.reference(ids.bytes(16)), key: ids.key() };
      const outcome = await gateway.ask({
        order: again,
        written: gateway.write(again),
        number: 1,
        token: null,
        signal,
      });
      return foundOf(outcome);
    },
  };
}

function foundOf(outcome: Outcome): Finding {
  switch (outcome.is) {
    case "approved":
      return { ...outcome, is: "applied" };
    case "declined":
      return outcome;
    case "rejected":
      return { is: "absent" };
    case "waiting":
    case "received":
    case "unknown":
      return { is: "unknown", cause: outcome.is };
  }
}

/** Whatever it does not find was never there, it thinks, however late the gateway may still apply it. */
function hasty(gateway: Gateway): Gateway {
  return {
    ...gateway,
    capabilities(asker) {
      const can = gateway.capabilities(asker);
      const { recovery } = can;
      const lookUp = recovery.lookUp && { ...recovery.lookUp, lag: 0 };
      return { ...can, recovery: { ...recovery, deadline: 1_000, slowestApply: 0, lookUp } };
    },
  };
}
