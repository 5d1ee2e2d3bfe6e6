import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Shop } from "../testing/shop.ts";
import { openShop } from "../testing/shop.ts";
import type { FaultScript } from "./fault.ts";

let shop: Shop;
let id: string;
beforeAll(async () => {
  shop = await openShop();
});
beforeEach(async () => {
  await shop.control.reset();
  id = (await shop.authorize("20.00")).body.id;
});
afterAll(() => shop.close());

const held = async () => (await shop.control.books()).sums["USD"]?.held;
const dinner = () =>
  shop.add(id, { additionalAmount: "5.00" }, { clientReferenceInformation: { code: "dinner", transactionId: "t-1" } });
const script = (fault: FaultScript) => shop.control.script({ match: { operation: "increment" }, ...fault });
const last = async () => (await shop.control.journal()).at(-1);

describe("a connection that is cut", () => {
  it.each([
    ["before", 2000, false],
    ["after", 2500, true],
  ] as const)("%s applying: the caller hears nothing, the books hold %i", async (when, expected, handled) => {
    await script({ do: "drop", when });
    await expect(dinner()).rejects.toThrow("fetch failed");
    expect(await held()).toBe(expected);
    expect(await last()).toMatchObject({ operation: "increment", handled, delivery: "nothing" });
  });

  it("with the increment applied later, when it is released", async () => {
    const { id: fault } = await script({ do: "apply-late" });
    await expect(dinner()).rejects.toThrow("fetch failed");
    await shop.control.reached(fault);
    expect(await held()).toBe(2000);
    await shop.control.release(fault);
    expect(await held()).toBe(2500);
    expect(await last()).toMatchObject({
      handled: true,
      answer: { status: 201, body: { status: "AUTHORIZED" } },
      delivery: "nothing",
    });
  });

  it("in the middle of the body", async () => {
    await script({ do: "reset" });
    await expect(dinner()).rejects.toThrow(/terminated|fetch failed/u);
    expect(await held()).toBe(2500);
    expect(await last()).toMatchObject({ delivery: "broken" });
  });
});

describe("a slow answer", () => {
  it.each([
    ["before", 2000],
    ["after", 2500],
  ] as const)("held %s applying until it is released: %i meanwhile", async (when, meanwhile) => {
    const { id: fault } = await script({ do: "delay", when });
    const asked = dinner();
    expect((await shop.control.reached(fault)).state).toBe("holding");
    expect(await held()).toBe(meanwhile);
    await shop.control.release(fault);
    expect((await asked).body.status).toBe("AUTHORIZED");
    expect(await held()).toBe(2500);
    expect((await shop.control.faults()).map(({ state }) => state)).toEqual(["done"]);
  });

  it("by milliseconds", async () => {
    await script({ do: "delay", when: "before", ms: 1 });
    expect((await dinner()).body.status).toBe("AUTHORIZED");
    expect(await held()).toBe(2500);
  });

  it("applies although the caller has hung up", async () => {
    const { id: fault } = await script({ do: "delay", when: "before" });
    const caller = new AbortController();
    const body = {
      clientReferenceInformation: { code: "dinner" },
      orderInformation: { amountDetails: { additionalAmount: "5.00", currency: "USD" } },
    };
    const asked = shop.send("PATCH", `/pts/v2/payments/${id}`, body, { signal: caller.signal });
    await shop.control.reached(fault);
    caller.abort();
    await expect(asked).rejects.toThrow("aborted");
    expect(await held()).toBe(2000);
    await shop.control.release(fault);
    expect(await held()).toBe(2500);
    expect(await last()).toMatchObject({ handled: true, delivery: "nothing" });
  });

  it("is let go by a reset, and never applied", async () => {
    const { id: fault } = await script({ do: "delay", when: "before" });
    const asked = dinner().then(
      () => "answered",
      () => "cut",
    );
    await shop.control.reached(fault);
    await shop.control.reset();
    expect(await asked).toBe("cut");
    expect((await shop.control.books()).payments).toEqual([]);
  });
});

describe("an answer that cannot be read", () => {
  it.each([
    [{ do: "half" }, 201, 2500],
    [{ do: "garble" }, 201, 2500],
    [{ do: "html", when: "after" }, 200, 2500],
    [{ do: "html", when: "before", status: 503 }, 503, 2000],
  ] as const)("%o", async (fault, status, expected) => {
    await script(fault);
    const heard = await dinner();
    expect(heard).toMatchObject({ status, body: undefined });
    expect(heard.text.length).toBeGreaterThan(10);
    expect(await held()).toBe(expected);
  });
});

describe("a 502 of the documented shape", () => {
  it.each([
    ["before", 2000],
    ["after", 2500],
  ] as const)("%s applying: %i", async (when, expected) => {
    await script({ do: "server-error", when, reason: "SERVICE_TIMEOUT" });
    expect(await dinner()).toMatchObject({ status: 502, body: { status: "SERVER_ERROR", reason: "SERVICE_TIMEOUT" } });
    expect(await held()).toBe(expected);
  });
});

describe("an answer that says something else than the books", () => {
  it.each([
    ["a wrong total", { "orderInformation.amountDetails.totalAmount": "99.00" }],
    ["another currency", { "orderInformation.amountDetails.currency": "EUR" }],
    ["an unknown status", { status: "AUTHORIZED_SOMEHOW" }],
  ])("%s", async (_name, set) => {
    await script({ do: "alter", set, remove: ["reconciliationId"] });
    const { body } = await dinner();
    const [path = "", value] = Object.entries(set)[0] ?? [];
    expect(path.split(".").reduce((inner, key) => inner[key], body)).toBe(value);
    expect(body).not.toHaveProperty("reconciliationId");
    expect(await held()).toBe(2500);
    expect(await last()).toMatchObject({
      delivery: "altered",
      answer: {
        body: { status: "AUTHORIZED", orderInformation: { amountDetails: { totalAmount: "25.00", currency: "USD" } } },
      },
    });
  });
});

describe("an outcome by script", () => {
  it("declines a plain amount once", async () => {
    await script({ do: "outcome", outcome: "INSUFFICIENT_FUND" });
    expect((await dinner()).body).toMatchObject({
      status: "DECLINED",
      errorInformation: { reason: "INSUFFICIENT_FUND" },
    });
    expect((await shop.add(id, { additionalAmount: "5.00" })).body.status).toBe("AUTHORIZED");
    expect(await held()).toBe(2500);
  });

  it("approves part of an increment, which only the amounts tell", async () => {
    await script({ do: "outcome", outcome: "PARTIAL_AUTHORIZED" });
    expect((await dinner()).body).toMatchObject({
      status: "AUTHORIZED",
      orderInformation: { amountDetails: { totalAmount: "22.50", authorizedAmount: "2.50" } },
    });
    expect(await held()).toBe(2250);
  });

  it("refuses a capture or reversal", async () => {
    await shop.control.script({
      match: { operation: "capture" },
      do: "outcome",
      outcome: "INVALID_MERCHANT_CONFIGURATION",
    });
    expect(await shop.capture(id, "20.00")).toMatchObject({
      status: 400,
      body: { reason: "INVALID_MERCHANT_CONFIGURATION" },
    });
    await shop.control.script({ match: { operation: "reverse" }, do: "outcome", outcome: "SERVER_TIMEOUT" });
    expect(await shop.reverse(id, "20.00")).toMatchObject({ status: 502 });
    expect(await held()).toBe(0);
  });

  it("is refused at the door where it makes no sense", async () => {
    await expect(
      shop.control.script({ match: { operation: "capture" }, do: "outcome", outcome: "EXPIRED_CARD" }),
    ).rejects.toThrow(/fits authorize and increment/u);
    await expect(script({ do: "outcome", outcome: "MAYBE" })).rejects.toThrow(/The outcomes are/u);
    await expect(script({ gateway: "nobody", do: "half" })).rejects.toThrow(/no gateway nobody/u);
    expect(await held()).toBe(2000);
  });
});

describe("a fault meets", () => {
  it.each(["dinner", "t-1"])("the request with reference %s only, once", async (reference) => {
    await shop.control.script({ match: { reference }, do: "drop", when: "before" });
    expect((await shop.add(id, { additionalAmount: "1.00" })).status).toBe(201);
    await expect(dinner()).rejects.toThrow("fetch failed");
    expect((await dinner()).status).toBe(201);
    expect(await held()).toBe(2600);
  });

  it("the payment that its reference names, as often as said, after as many as said", async () => {
    await shop.control.script({ match: { reference: id }, do: "drop", when: "before", times: 2, skip: 1 });
    const add = () =>
      shop.add(id, { additionalAmount: "1.00" }).then(
        () => "answered",
        () => "cut",
      );
    expect([await add(), await add(), await add(), await add()]).toEqual(["answered", "cut", "cut", "answered"]);
    expect(await held()).toBe(2200);
  });

  it("every request until it is withdrawn", async () => {
    const { id: fault } = await script({ do: "drop", when: "before", times: "always" });
    for (let times = 0; times < 3; times += 1) await expect(dinner()).rejects.toThrow("fetch failed");
    await shop.control.withdraw(fault);
    expect((await dinner()).status).toBe(201);
    expect(await held()).toBe(2500);
  });
});

it("the journal keeps every request in order and no card number, token or signature", async () => {
  const { token: transientTokenJwt } = await shop.control.token("visa");
  await shop.authorize("7.00", { paymentInformation: undefined, tokenInformation: { transientTokenJwt } });
  await shop.send("GET", "/nowhere", undefined, { signer: () => ({}) });
  const journal = await shop.control.journal();
  expect(journal.map(({ operation, answer }) => [operation, answer?.status])).toEqual([
    ["authorize", 201],
    ["authorize", 201],
    ["unknown", 401],
  ]);
  expect(await shop.control.journal(journal[1]?.n)).toHaveLength(1);
  const text = JSON.stringify(journal);
  for (const secret of [transientTokenJwt, "4111111111111111", "HmacSHA256"]) expect(text).not.toContain(secret);
  expect(await held()).toBe(2700);
});

describe("the control door", () => {
  it("tells a path or body that it does not know", async () => {
    await expect(shop.control.books("nobody")).rejects.toThrow("There is no such merchant.");
    await expect(shop.control.payment("nothing")).rejects.toThrow("There is no such payment.");
    await expect(shop.control.reached("fault-99")).rejects.toThrow("There is no such fault.");
    await expect(shop.control.token("diners")).rejects.toThrow(/The cards are visa/u);
    expect(shop.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/u);
    expect(await held()).toBe(2000);
  });

  it("moves the gateway's time and comes back by reset", async () => {
    const start = await shop.control.clock.now();
    await shop.control.clock.advance(1000);
    expect(await shop.control.clock.now()).toBe(start + 1000);
    await shop.control.clock.set(start + 5000);
    const { body } = await shop.authorize("1.00");
    expect(body.submitTimeUtc).toBe("2026-11-21T12:00:05Z");
    await shop.control.reset();
    expect(await shop.control.clock.now()).toBe(start);
    expect((await shop.control.books()).payments).toEqual([]);
  });
});
