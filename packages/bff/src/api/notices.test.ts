import { delta } from "@plimsoll/shared";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Notice } from "../gateways/port.ts";
import { PROOF } from "./testing/fake-gateway.ts";
import { World } from "./testing/harness.ts";

let world: World;
beforeEach(async () => void (world = await World.start()));
afterEach(() => world.stop());

const approved = {
  is: "approved",
  grade: "own_amount",
  applied: delta(50_00),
  total: null,
  references: {},
} as const;

const tell = (
  notices: readonly Notice[] | string,
  { account = "grand-test", headers = PROOF }: { account?: string; headers?: Record<string, string> } = {},
) =>
  world.send(`notices/${account}`, {
    body: typeof notices === "string" ? notices : JSON.stringify(notices),
    headers: { "content-type": "application/json", ...headers },
  });

/** A hold of $400.00 with a dinner of $50.00 of which the gateway will tell later. */
async function told() {
  const hold = await world.open(400_00);
  world.gateway.mood = "tells later";
  await world.merchant().increment.mutate({ hold: hold.id, amount: 50_00, currency: "USD" });
  const [reference = ""] = world.gateway.references;
  return { hold: hold.id, reference, payment: hold.references.payment ?? "" };
}

const amounts = async (hold: string) => (await world.merchant().hold.query({ hold })).hold.amounts;

describe("what a gateway posts", () => {
  it("settles the step that it names, once however often it is told", async () => {
    const { hold, reference } = await told();
    expect(await amounts(hold)).toMatchObject({ held: 400_00, pending: 50_00 });
    for (let times = 0; times < 3; times += 1) {
      expect((await tell([{ about: { reference }, says: approved }])).status).toBe(200);
      expect(await amounts(hold)).toMatchObject({ held: 450_00, pending: 0 });
    }
  });

  it("that is not proved to be from it is refused, and changes nothing", async () => {
    const { hold, reference } = await told();
    const before = await world.state();
    expect((await tell([{ about: { reference }, says: approved }], { headers: {} })).status).toBe(401);
    expect((await tell("a page of HTML")).status).toBe(400);
    expect(await world.state()).toBe(before);
    expect(await amounts(hold)).toMatchObject({ held: 400_00, pending: 50_00 });
  });

  it("about a payment that has expired lets go of what was held", async () => {
    const { hold, reference, payment } = await told();
    await tell([
      { about: { reference }, says: approved },
      { about: { payment }, says: { is: "expired" } },
    ]);
    expect(await amounts(hold)).toMatchObject({ held: 0, lapsed: 450_00 });
  });

  it("about a payment of nobody here is taken and forgotten", async () => {
    await told();
    const before = await world.state();
    expect((await tell([{ about: { payment: "somebody else's" }, says: { is: "expired" } }])).status).toBe(200);
    expect(await world.state()).toBe(before);
  });

  it("at another mode's or merchant's account reaches no hold of this one", async () => {
    const { hold, payment } = await told();
    await tell([{ about: { payment }, says: { is: "expired" } }], { account: "grand-live" });
    expect(await amounts(hold)).toMatchObject({ held: 400_00, lapsed: 0 });
    expect((await tell([], { account: "nobody's" })).status).toBe(404);
  });

  it("may be no verdict: then it is only looked at", async () => {
    const { hold, payment } = await told();
    await tell([{ about: { payment }, says: null }]);
    const { events } = await world.merchant().history.query({ hold });
    expect(events).toContainEqual(expect.objectContaining({ type: "hinted", by: "fake" }));
  });

  it("is refused when it is larger than any notice", async () => {
    expect((await tell("x".repeat(100_000))).status).toBe(413);
  });
});

describe("a payer who pays on the gateway's page", () => {
  it("is sent there by the merchant, who is told the address and until when", async () => {
    world.gateway.mood = "shows a page";
    const page = { done: "https://hotel.example/done", cancelled: "https://hotel.example/cancelled" };
    const hold = await world.open(400_00, { payment: { page } });
    expect(hold).toMatchObject({
      lifecycle: "waiting",
      references: { payment: "page-1" },
      action: { url: "https://gateway.example/page", until: expect.stringMatching(/Z$/) },
      amounts: { held: 0, pending: 400_00 },
    });
  });
});
