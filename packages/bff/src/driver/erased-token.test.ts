import { expect, it } from "vitest";
import { delta } from "@plimsoll/shared";
import { PAYMENT_TOKEN, type Gateway } from "../gateways/port.ts";
import { sums } from "../hold/index.ts";
import { memoryStore } from "../store/testing/memory-store.ts";
import type { Store } from "../store/store.ts";
import { bookGateway } from "../testing/book-gateway.ts";
import { ordinary } from "../testing/capabilities.ts";
import { ManualClock } from "../testing/manual-clock.ts";
import { Process } from "./testing/process.ts";

const by = { gateway: "book", mode: "test", payee: "harbor" } as const;
const payer = { means: { by: "token", authentication: {} }, sealed: "tok_1" } as const;

it("an opening that ends while it is asked again, its token erased, is not contradicted by what was never sent", async () => {
  const clock = new ManualClock();
  const recovery = {
    ...ordinary.recovery,
    dedupe: { window: 3_600_000, replay: "same_answer" },
    lookUp: null,
  } as const;
  const books = bookGateway(clock.now, { readable: false, recovery });
  const gateway: Gateway = {
    ...books,
    write: (order) => ({ ...books.write(order), body: JSON.stringify({ token: PAYMENT_TOKEN }) }),
    ask: async (attempt) =>
      attempt.token === null ? { is: "rejected", cause: "no_payment_token", again: "never" } : books.ask(attempt),
  };
  const store = memoryStore();
  /** Between the attempt's commit and its request, another process hears how the first one ended. */
  const late: Store = {
    ...store,
    async request(operation) {
      const stored = await store.request(operation);
      const references = { hold: { payment: "pay-1" } };
      const says = { is: "approved", grade: "own_amount", applied: delta(40_000), total: null, references } as const;
      await process.driver.notice(by, { about: { reference: stored?.order.reference ?? "" }, says });
      return store.request(operation);
    },
  };
  const process = new Process({ store: late, clock, gateway });
  books.meet({ do: "lose", applied: true });
  await process.open(40_000, { payer });
  await clock.settles(10_000);
  const hold = await process.hold();
  expect(hold.contradicted).toBeNull();
  expect(sums(hold).held).toBe(40_000);
  expect(books.seen).toEqual(["authorize 40000"]);
});
