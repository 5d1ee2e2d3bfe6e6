import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { outcomeOfAmount, outcomeTable } from "./outcomes.ts";
import { createMonerisReadings } from "./readings.ts";
import type { Store } from "./testing/store.ts";
import { openStore } from "./testing/store.ts";

let store: Store;
beforeAll(async () => {
  store = await openStore();
});
beforeEach(() => store.reset());
afterAll(() => store.close());

const opened = async (amount = 1000, card = "visa") => String((await store.create(amount, {}, card)).body.paymentId);
const declines = outcomeTable.filter(({ outcome }) => outcome.kind === "declined");

describe("an amount picks its outcome", () => {
  it.each(declines)("$name declines an increment that ends in $cents and leaves the hold", async (row) => {
    store.gateway.readings.set("pennyTable", "whole");
    const id = await opened();
    const declined = await store.increment(id, 500 + Number(row.cents));
    expect(declined).toMatchObject({
      status: 422,
      body: { category: "DECLINED_ERROR", title: row.name, instance: `/payments/${id}` },
    });
    expect((await store.read(id)).body).toMatchObject({
      paymentStatus: "AUTHORIZED",
      authorizedAmount: { amount: 1000 },
      incrementalAuthorizations: [],
    });
    expect(store.payment(id).movements.at(-1)).toMatchObject({ kind: "increment", applied: 0, status: "DECLINED" });
    expect(store.sums()).toMatchObject({ authorized: 1000, held: 1000 });
    expect((await store.complete(id, 1000)).status).toBe(200);
    expect(store.sums()).toMatchObject({ captured: 1000, held: 0 });
  });

  it("a declined payment can be read by the problem's instance, holds nothing and cannot be completed", async () => {
    const { status, body } = await store.create(2051);
    expect({ status, title: body.title }).toEqual({ status: 422, title: "INSUFFICIENT_FUNDS" });
    const found = await store.send("GET", String(body.instance));
    expect(found.body).toMatchObject({
      paymentStatus: "DECLINED",
      amount: { amount: 2051 },
      authorizedAmount: { amount: 0 },
      transactionDetails: { isoResponseCode: "51", responseCode: "481", authorizationCode: null },
    });
    const id = String(found.body.paymentId);
    expect((await store.complete(id, 2051)).status).toBe(400);
    expect((await store.cancel(id)).status).toBe(400);
    expect(store.sums()).toMatchObject({ authorized: 0, held: 0 });
  });

  it("a decline that may be tried again says so", async () => {
    store.gateway.readings.set("pennyTable", "whole");
    const { body } = await store.create(2024);
    expect((await store.send("GET", String(body.instance))).body.paymentStatus).toBe("DECLINED_RETRY");
  });

  it.each([
    ["81", 429, 1000],
    ["82", 500, 1000],
    ["83", 500, 1583],
    ["84", 503, 1000],
  ])("5.%s answers %i and leaves %i held", async (cents, status, held) => {
    const id = await opened();
    expect((await store.increment(id, Number(`5${cents}`))).status).toBe(status);
    expect(store.sums()).toMatchObject({ held });
  });

  it("5.92 is held, and nobody answers", async () => {
    const id = await opened();
    await expect(store.increment(id, 592)).rejects.toThrow(/fetch failed/u);
    expect(store.sums()).toMatchObject({ held: 1592 });
    expect((await store.read(id)).body).toMatchObject({
      paymentStatus: "INCREMENTED",
      authorizedAmount: { amount: 1592 },
    });
  });

  it("5.91 is approved after a while", () => {
    expect(outcomeOfAmount(591, "visa", createMonerisReadings())).toMatchObject({ kind: "approved", manner: "slow" });
  });

  it("every plain amount is approved", async () => {
    for (const cents of ["00", "10", "15", "20", "25", "37", "49", "50", "60", "75", "80", "90", "95", "99"])
      expect((await store.create(Number(`24${cents}`))).status).toBe(201);
  });

  it("the card that the bank declines is declined whatever the amount", async () => {
    expect((await store.create(1000, {}, "declined")).body.category).toBe("DECLINED_ERROR");
    expect(store.sums()).toMatchObject({ held: 0 });
  });
});

describe("Moneris' own simulator, for Visa", () => {
  it.each([
    [551, "declined"],
    [1151, "approved"],
    [5099, "approved"],
    [5100, "declined"],
    [6000, "declined"],
    [6001, "approved"],
    [11_999, "approved"],
    [12_000, "declined"],
    [13_000, "declined"],
    [13_001, "approved"],
  ])("%i is %s with pennyBands on", (minor, kind) => {
    const readings = createMonerisReadings({ pennyBands: "on" });
    expect(outcomeOfAmount(minor, "visa", readings).kind).toBe(kind);
  });

  it("bands are Visa's alone, and off at first", () => {
    const on = createMonerisReadings({ pennyBands: "on" });
    expect(outcomeOfAmount(12_000, "mastercard", on).kind).toBe("approved");
    expect(outcomeOfAmount(12_051, "mastercard", on).kind).toBe("declined");
    expect(outcomeOfAmount(12_000, "visa", createMonerisReadings()).kind).toBe("approved");
  });
});

describe("a script asks by name", () => {
  it.each([
    ["increment", "INSUFFICIENT_FUNDS", 422],
    ["capture", "DECLINED", 422],
    ["reverse", "DECLINED", 422],
    ["capture", "SERVICE_UNAVAILABLE", 503],
    ["reverse", "INTERNAL_SERVER_ERROR", 500],
  ] as const)("%s: %s is %i, and the hold stays", async (operation, outcome, status) => {
    const id = await opened();
    store.script({ match: { operation }, do: "outcome", outcome });
    const act = {
      increment: () => store.increment(id, 500),
      capture: () => store.complete(id, 1000),
      reverse: () => store.cancel(id),
    };
    expect((await act[operation]()).status).toBe(status);
    expect(store.sums()).toEqual({ authorized: 1000, captured: 0, released: 0, held: 1000, exponent: 2 });
    expect((await store.cancel(id)).body.paymentStatus).toBe("CANCELED");
    expect(store.sums()).toMatchObject({ released: 1000, held: 0 });
  });

  it("half of it: of 5.01, 2.51 are held and said", async () => {
    const id = await opened();
    store.script({ match: { operation: "increment" }, do: "outcome", outcome: "PARTIAL_APPROVAL" });
    expect((await store.increment(id, 501)).body).toMatchObject({
      paymentStatus: "INCREMENTED",
      authorizedAmount: { amount: 1251 },
      incrementalAuthorizations: [{ amount: { amount: 251 } }],
    });
    expect(store.sums()).toMatchObject({ held: 1251 });
  });

  it("objects to what does not fit", () => {
    const objection = (more: object) =>
      store.gateway.objection({
        gateway: "moneris",
        match: { operation: "any" },
        times: 1,
        skip: 0,
        do: "reset",
        ...more,
      });
    const outcome = (name: string, operation: string) =>
      objection({ do: "outcome", outcome: name, match: { operation } });
    expect(outcome("NO_SUCH", "increment")).toContain("APPROVED");
    expect(outcome("PARTIAL_APPROVAL", "capture")).toContain("authorize, increment");
    expect(outcome("DECLINED", "read")).toContain("fits");
    expect(outcome("DECLINED", "increment")).toBeNull();
    expect(objection({ do: "server-error", when: "before", status: 502 })).toContain("503 SERVICE_UNAVAILABLE");
    expect(objection({ do: "server-error", when: "before", reason: "TOO_MANY_REQUESTS" })).toBeNull();
  });

  it("server errors of the documented shapes", async () => {
    const id = await opened();
    store.script({ do: "server-error", when: "after", status: 503, match: { operation: "increment" } });
    expect((await store.increment(id, 500)).body).toMatchObject({ status: 503, category: "INTERNAL_SERVER_ERROR" });
    expect(store.sums()).toMatchObject({ held: 1500 });
  });
});
