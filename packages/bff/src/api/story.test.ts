import { afterEach, beforeEach, expect, test } from "vitest";
import { World } from "./testing/harness.ts";

let world: World;
beforeEach(async () => void (world = await World.start()));
afterEach(() => world.stop());

test("a stay: opened, raised three times, captured; the gateway's books agree", async () => {
  const merchant = world.merchant();
  const { hold } = await merchant.open.mutate({
    order: "stay-412",
    label: "412 · A. Jones",
    profile: "lodging",
    amount: 400_00,
    currency: "USD",
    card: { network: "visa", last4: "4242", funding: "credit" },
    payment: { token: "transient" },
  });
  expect(hold).toMatchObject({ lifecycle: "open", version: expect.any(Number), amounts: { held: 400_00 } });
  for (const [amount, reason] of [[50_00, "Dinner"], [200_00, "One more night"], [50_00, "Mini-bar"]] as const) {
    await merchant.increment.mutate({ hold: hold.id, amount, currency: "USD", reason });
  }
  const raised = await merchant.hold.query({ hold: hold.id });
  expect(raised.hold.amounts).toMatchObject({ requested: 400_00, authorized: 700_00, held: 700_00, pending: 0 });
  expect(raised.hold.steps.map(({ reason, applied }) => [reason, applied])).toEqual([
    [null, 400_00],
    ["Dinner", 50_00],
    ["One more night", 200_00],
    ["Mini-bar", 50_00],
  ]);
  const captured = await merchant.capture.mutate({ hold: hold.id, amount: 700_00, currency: "USD" });
  expect(captured.hold).toMatchObject({ lifecycle: "captured", amounts: { captured: 700_00, held: 0 } });
  expect(world.gateway.book).toEqual({ authorized: 700_00, captured: 700_00, reversed: 0 });
  expect(world.gateway.tokens).toEqual(["transient"]);
});
