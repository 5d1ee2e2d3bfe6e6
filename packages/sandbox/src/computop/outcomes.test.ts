import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { outcomeTable } from "./outcomes.ts";
import type { MerchantServer } from "./testing/merchant-server.ts";
import { openMerchantServer } from "./testing/merchant-server.ts";

let server: MerchantServer;
beforeAll(async () => {
  server = await openMerchantServer();
});
beforeEach(() => server.startAgain());
afterAll(() => server.close());

const opened = async (): Promise<string> => (await server.authorize(2000)).body.payId;
const held = (payId: string) => server.payment(payId).sums.held;
const declines = outcomeTable.flatMap(({ name, cents, outcome }) =>
  outcome.kind === "declined" && cents !== null ? [{ name, cents, ...outcome.code }] : [],
);

describe("a decline", () => {
  it.each(declines)("$name of an increment that ends in $cents leaves the hold", async ({ cents, responseCode }) => {
    const payId = await opened();
    const declined = await server.add(payId, Number(`10${cents}`));
    expect(declined).toMatchObject({ status: 200, body: { status: "FAILED", responseCode } });
    expect(held(payId)).toBe(2000);
  });

  it("of an authorization holds nothing and takes no follow-up", async () => {
    const { body } = await server.authorize(4051);
    expect(body).toMatchObject({ status: "FAILED", responseCode: "22060351" });
    expect(server.payment(body.payId)).toMatchObject({ state: "declined", sums: { authorized: 0, held: 0 } });
    expect((await server.capture(body.payId, 4051)).status).toBe(400);
    expect((await server.look(body.payId)).body).toMatchObject({
      status: "FAILED",
      responseCode: "22060351",
      responseDescription: "Insufficient funds",
      amount: { value: 4051, capturedValue: 0 },
    });
  });

  it("of a card that the bank always declines", async () => {
    const { body } = await server.authorize(2000, {}, "declined");
    expect(body).toMatchObject({ status: "FAILED", responseCode: "22060305" });
  });
});

describe("an answer that says less than what happened", () => {
  it("SERVER_ERROR_APPLIED: 500, and held", async () => {
    const payId = await opened();
    expect(await server.add(payId, 1083)).toMatchObject({ status: 500, body: { responseCode: "40000001" } });
    expect(held(payId)).toBe(3083);
  });

  it("SERVER_ERROR: 500, and nothing held", async () => {
    const payId = await opened();
    expect((await server.add(payId, 1084, { transId: "again" })).status).toBe(500);
    expect(held(payId)).toBe(2000);
    expect((await server.find("again")).status).toBe(404);
  });

  it("ACQUIRER_UNAVAILABLE: 400, and nothing held", async () => {
    const payId = await opened();
    expect(await server.add(payId, 1081)).toMatchObject({ status: 400, body: { responseCode: "22060396" } });
    expect(held(payId)).toBe(2000);
  });

  it.each([
    ["SERVER_ERROR", 4084, 500],
    ["ACQUIRER_UNAVAILABLE", 4081, 400],
  ])("%s of an authorization leaves no payment, and its transId is free", async (_name, value, status) => {
    expect((await server.authorize(value, { transId: "free" })).status).toBe(status);
    expect(server.gateway.books("plimsoll_test")?.payments).toEqual([]);
    expect((await server.authorize(2000, { transId: "free" })).status).toBe(200);
  });

  it("LOST_APPROVAL: no answer, held, and found by its transId", async () => {
    const payId = await opened();
    await expect(server.add(payId, 992, { transId: "lost" })).rejects.toThrow(/fetch failed/u);
    expect(held(payId)).toBe(2992);
    expect((await server.find("lost")).body).toMatchObject({ payId, transId: "lost", status: "AUTHORIZED" });
  });

  it("PARTIAL_APPROVAL: the answer is that of an approval, the look-up says what is held", async () => {
    const payId = await opened();
    server.script({ match: { operation: "increment" }, do: "outcome", outcome: "PARTIAL_APPROVAL" });
    const { body } = await server.add(payId, 1001);
    expect(body).toMatchObject({ status: "AUTHORIZED", responseCode: "00000000" });
    expect(body).not.toHaveProperty("amount");
    expect(held(payId)).toBe(2501);
    expect((await server.look(payId)).body.amount.value).toBe(2501);
  });

  it("PENDING_APPROVAL: the answer says PENDING, the look-up knows", async () => {
    const payId = await opened();
    server.script({ match: { operation: "increment" }, do: "outcome", outcome: "PENDING_APPROVAL" });
    const { body } = await server.add(payId, 1000, { transId: "later" });
    expect(body).toMatchObject({ status: "PENDING", responseCode: "60000000" });
    expect((await server.find("later")).body.status).toBe("AUTHORIZED");
    expect(held(payId)).toBe(3000);
  });
});

describe("a script", () => {
  it("meets a request by its transId, its refNr or its payment", async () => {
    const payId = await opened();
    for (const reference of ["night", "ref7", payId]) {
      server.script({ match: { reference }, do: "outcome", outcome: "SERVER_ERROR" });
      expect((await server.capture(payId, 100, { transId: "night", refNr: "ref7" })).status).toBe(500);
    }
    expect(server.faults.reports().every(({ state }) => state === "done")).toBe(true);
  });

  it("breaks a capture and a reversal, before or after they are applied", async () => {
    const [one, other] = [await opened(), await opened()];
    server.script({ match: { operation: "capture" }, do: "outcome", outcome: "SERVER_ERROR_APPLIED" });
    server.script({ match: { operation: "reverse" }, do: "outcome", outcome: "SERVER_ERROR" });
    expect((await server.capture(one, 2000)).status).toBe(500);
    expect((await server.reverse(other, 2000)).status).toBe(500);
    expect(server.payment(one).sums).toMatchObject({ captured: 2000, held: 0 });
    expect(held(other)).toBe(2000);
  });

  it("cannot have an issuer decline a capture, nor name what is not there", () => {
    const capture = { operation: "capture" } as const;
    expect(() => server.script({ match: capture, do: "outcome", outcome: "INSUFFICIENT_FUNDS" })).toThrow(
      /fits authorize and increment/u,
    );
    expect(() => server.script({ do: "outcome", outcome: "LUCK" })).toThrow(/The outcomes are/u);
  });

  it("holds an increment at the gateway until it is released", async () => {
    const payId = await opened();
    const { id } = server.script({ match: { operation: "increment" }, do: "delay", when: "before" });
    const answer = server.add(payId, 500);
    await server.faults.reached(id);
    expect(held(payId)).toBe(2000);
    await server.faults.release(id);
    expect((await answer).body.status).toBe("AUTHORIZED");
    expect(held(payId)).toBe(2500);
  });
});
