import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Shop } from "../../testing/shop.ts";
import { openShop } from "../../testing/shop.ts";

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
beforeEach(() => shop.control.reset());
afterAll(() => shop.close());

const read = (id: string) => shop.send("GET", `/tss/v2/transactions/${id}`);
const codes = async (query: string) => (await shop.search(query)).body._embedded.transactionSummaries;
const opened = async () => (await shop.authorize("20.00", { clientReferenceInformation: { code: "stay-1" } })).body.id;

describe("what happened is known to the search only after its lag", () => {
  it.each([
    ["0s", 0],
    ["20s", 20_000],
    ["15min", 900_000],
  ] as const)("%s", async (reading, lag) => {
    await shop.control.setReading("searchLag", reading);
    const id = await opened();
    const found = async () => [(await read(id)).status, (await codes("clientReferenceInformation.code:stay-1")).length];
    if (lag > 0) {
      await shop.control.clock.advance(lag - 1);
      expect(await found()).toEqual([404, 0]);
      await shop.control.clock.advance(1);
    }
    expect(await found()).toEqual([200, 1]);
    expect((await shop.control.books()).sums["USD"]?.held).toBe(2000);
  });
});

describe("a read of the original after increments", () => {
  it.each([
    ["running", "30.00"],
    ["own", "20.00"],
  ] as const)("says the %s total %s, its own authorizedAmount and what belongs to it", async (reading, totalAmount) => {
    await shop.control.setReading("readTotals", reading);
    const id = await opened();
    const { body: grown } = await shop.add(id, { additionalAmount: "10.00" });
    await shop.add(id, { additionalAmount: "5.51" });
    await shop.control.clock.advance(20_000);
    const { body } = await read(id);
    expect(body).toMatchObject({
      id,
      rootId: id,
      submitTimeUTC: "2026-11-21T12:00:00Z",
      applicationInformation: {
        status: "AUTHORIZED",
        reasonCode: "100",
        rCode: "1",
        applications: [{ name: "ics_auth" }],
      },
      clientReferenceInformation: { code: "stay-1" },
      orderInformation: { amountDetails: { totalAmount, authorizedAmount: "20.00", currency: "USD" } },
      paymentInformation: { card: { suffix: "1111", type: "001" } },
    });
    expect(body._links.relatedTransactions[0]).toEqual({ method: "GET", href: `/tss/v2/transactions/${grown.id}` });
    expect((await read(grown.id)).body.orderInformation.amountDetails).toEqual({
      totalAmount: "30.00",
      authorizedAmount: "10.00",
      currency: "USD",
    });
    const declined = (await read(body._links.relatedTransactions[1].href.split("/").at(-1))).body;
    expect(declined).toMatchObject({
      status: "DECLINED",
      applicationInformation: { reasonCode: "204", rCode: "0" },
      errorInformation: { reason: "INSUFFICIENT_FUND" },
    });
    expect((await shop.control.books()).sums["USD"]?.held).toBe(3000);
  });

  it("sums what carries the original's id", async () => {
    const id = await opened();
    await shop.add(id, { totalAmount: "10.00" });
    await shop.control.clock.advance(20_000);
    expect((await read(id)).body.orderInformation.amountDetails).toEqual({
      totalAmount: "30.00",
      authorizedAmount: "30.00",
      currency: "USD",
    });
    expect((await shop.control.books()).sums["USD"]?.authorized).toBe(3000);
  });
});

describe("a search", () => {
  it("finds an increment by its code, and a capture and reversal by theirs", async () => {
    const id = await opened();
    const { body: grown } = await shop.add(
      id,
      { additionalAmount: "10.00" },
      { clientReferenceInformation: { code: "dinner one" } },
    );
    await shop.capture(id, "30.00", { clientReferenceInformation: { code: "out-1" } });
    await shop.control.clock.advance(20_000);
    expect(await codes('clientReferenceInformation.code:"dinner one"')).toMatchObject([
      {
        id: grown.id,
        status: "AUTHORIZED",
        clientReferenceInformation: { code: "dinner one" },
        orderInformation: { amountDetails: { totalAmount: "10.00", currency: "USD" } },
      },
    ]);
    expect(await codes("clientReferenceInformation.code:out\\-1")).toMatchObject([
      { applicationInformation: { applications: [{ name: "ics_bill" }] } },
    ]);
    expect(await codes(`id:${id}`)).toHaveLength(1);
    expect((await shop.control.books()).sums["USD"]?.captured).toBe(3000);
  });

  it("takes the range that the official sample sends", async () => {
    await opened();
    await shop.control.clock.advance(20_000);
    expect(
      await codes("clientReferenceInformation.code:stay-1 AND submitTimeUtc:[NOW/DAY-7DAYS TO NOW/DAY+1DAY}"),
    ).toHaveLength(1);
    expect(await codes("submitTimeUtc:[NOW-10SECONDS TO *]")).toHaveLength(0);
    expect(await codes("submitTimeUtc:[2026-11-21T12:00:00Z TO 2026-11-21T12:00:00Z]")).toHaveLength(1);
    expect(await codes("submitTimeUtc:{2026-11-21T12:00:00Z TO *]")).toHaveLength(0);
  });

  it("pages and counts", async () => {
    for (let made = 0; made < 3; made += 1) await shop.authorize("1.00");
    await shop.control.clock.advance(20_000);
    const { body } = await shop.send("POST", "/tss/v2/searches", {
      query: "submitTimeUtc:[* TO *]",
      offset: 1,
      limit: 1,
    });
    expect(body).toMatchObject({ count: 1, totalCount: 3, offset: 1, limit: 1 });
  });

  it.each(["transactionId:x", "nonsense", "submitTimeUtc:yesterday", "clientReferenceInformation.transactionId:t-1"])(
    "cannot ask %s",
    async (query) => {
      expect(await shop.search(query)).toMatchObject({
        status: 400,
        body: { reason: "INVALID_DATA", details: [{ field: "query" }] },
      });
    },
  );
});
