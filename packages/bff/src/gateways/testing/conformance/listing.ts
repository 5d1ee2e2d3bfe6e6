import { expect } from "vitest";
import type { PaymentReport } from "../../../../../sandbox/src/control/reports.ts";
import type { Instant } from "../../../hold/index.ts";
import type { Listed, Listing } from "../../port.ts";
import type { Trial } from "./trial.ts";

/**
 * The gateway's list against its books: each payment that holds or held something stands in it once, under our own
 * reference, with the sums of the books where it shows any.
 */
export async function expectListed(trial: Trial, since: Instant): Promise<void> {
  trial.clock.passes((trial.capabilities.recovery.lookUp?.lag ?? 0) + 1_000);
  const listing = await listed(trial, since);
  expect(listing.is).toBe("listed");
  const found = listing.is === "listed" ? listing.payments : [];
  // Lists may be to the second.
  const held = found.filter(({ state, at }) => state !== "declined" && (at ?? 0) >= since - 999);
  const books = payments(trial, since);
  expect(held.map(({ payment }) => payment).toSorted()).toEqual(books.map(({ id }) => id).toSorted());
  for (const one of held) {
    const payment = books.find(({ id }) => id === one.payment);
    if (payment) expectShown(one, payment);
  }
}

function listed({ gateway, clock }: Trial, since: Instant): Promise<Listing> {
  const nothing: Listing = { is: "cannot", cause: "no list" };
  return gateway.list?.(since, clock.now(), new AbortController().signal) ?? Promise.resolve(nothing);
}

function payments({ imitation, gateway }: Trial, since: Instant): readonly PaymentReport[] {
  const { payments: all = [] } = imitation.gateway.books(gateway.payee) ?? {};
  return all.filter(
    ({ state, movements }) => state !== "waiting" && state !== "declined" && openedAt(movements) >= since,
  );
}

function openedAt([first]: PaymentReport["movements"]): Instant {
  return Date.parse(first?.at ?? "");
}

function expectShown(one: Listed, { currency, sums, movements }: PaymentReport): void {
  expect(one.currency).toBe(currency);
  expect(Object.values(movements[0]?.references ?? {})).toContain(one.reference);
  expect(Math.abs((one.at ?? 0) - openedAt(movements))).toBeLessThan(1_000);
  if (one.authorized !== null) expect(one.authorized).toBe(sums.authorized);
  if (one.captured !== null) expect(one.captured).toBe(sums.captured);
}
