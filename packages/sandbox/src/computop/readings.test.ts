import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createPaygateReadings } from "./readings.ts";
import type { MerchantServer } from "./testing/merchant-server.ts";
import { openMerchantServer } from "./testing/merchant-server.ts";

let server: MerchantServer;
beforeAll(async () => {
  server = await openMerchantServer();
});
beforeEach(() => {
  server.startAgain();
  server.gateway.notices?.deliver("held");
});
afterAll(() => server.close());

const opened = async (value = 2000): Promise<string> => (await server.authorize(value, { transId: "base" })).body.payId;
const sums = (payId: string) => server.payment(payId).sums;
const DAY = 24 * 60 * 60_000;

it("every reading names its values, its meaning and its source, and starts at its default", () => {
  const readings = createPaygateReadings().report();
  expect(readings.length).toBeGreaterThan(20);
  for (const { value, values, default: first, meaning, source } of readings) {
    expect([value, values[0]]).toEqual([first, first]);
    expect(Math.min(meaning.length, source.length)).toBeGreaterThan(13);
  }
});

describe("a decline", () => {
  it.each([
    ["200", 200],
    ["400", 400],
  ])("declineHttp %s", async (reading, status) => {
    server.set("declineHttp", reading);
    const payId = await opened();
    expect(await server.add(payId, 551)).toMatchObject({ status, body: { payId, responseCode: "22060351" } });
  });

  it.each([
    ["leaves-hold", 2000, "AUTHORIZED"],
    ["releases-hold", 0, "AUTHORIZED"],
  ])("declinedIncrement %s: %i is held, and the look-up says %s", async (reading, held, status) => {
    server.set("declinedIncrement", reading);
    const payId = await opened();
    await server.add(payId, 551);
    expect(sums(payId).held).toBe(held);
    expect((await server.look(payId)).body.status).toBe(status);
  });
});

describe("the words of status", () => {
  it.each([
    ["plain", ["AUTHORIZED", "AUTHORIZED", "REVERSED", "CAPTURED"], "CAPTURED"],
    ["requests", ["AUTHORIZE_REQUEST", "AUTHORIZE_REQUEST", "REVERSE_REQUEST", "CAPTURE_REQUEST"], "CAPTURE_REQUEST"],
    ["ok", ["OK", "OK", "OK", "OK"], "CAPTURED"],
  ])("%s", async (reading, answers, lookedUp) => {
    server.set("statusWords", reading);
    const { body: base } = await server.authorize(2000);
    const said = [base, (await server.add(base.payId, 500)).body, (await server.reverse(base.payId, 500)).body];
    said.push((await server.capture(base.payId, 2000)).body);
    expect(said.map(({ status }) => status)).toEqual(answers);
    expect((await server.look(base.payId)).body.status).toBe(lookedUp);
  });
});

describe("a transId that was used before", () => {
  it.each([
    ["every-operation", 400, 400],
    ["payments", 400, 200],
    ["off", 200, 200],
  ])("%s: for a payment %i, for an increment %i", async (reading, payment, increment) => {
    server.set("transIdUnique", reading);
    const payId = await opened();
    expect((await server.authorize(2000, { transId: "base" })).status).toBe(payment);
    expect((await server.add(payId, 500, { transId: "base" })).status).toBe(increment);
  });
});

it.each([
  ["an12", 400],
  ["ans30", 200],
])("refNrFormat %s", async (reading, status) => {
  server.set("refNrFormat", reading);
  expect((await server.authorize(2000, { refNr: "room-7/dinner" })).status).toBe(status);
});

describe("where a pseudo card number stands", () => {
  it.each([
    ["paymentMethods.card.number", (number: string) => ({ number })],
    ["paymentMethods.card.pseudoCardNumber", (number: string) => ({ pseudoCardNumber: number })],
    ["paymentMethods.card.prefillInfo.number", (number: string) => ({ prefillInfo: { number } })],
  ])("%s, and nowhere else", async (reading, card) => {
    server.set("tokenField", reading);
    const token = (await server.gateway.token("visa"))?.token ?? "";
    const pay = (given: object) =>
      server.authorize(2000, { paymentMethods: { integrationType: "DIRECT", type: "CARD", card: given } });
    expect((await pay(card(token))).body.status).toBe("AUTHORIZED");
    expect((await pay({ elsewhere: token })).body.responseCode).toBe("40100008");
  });
});

describe("a session", () => {
  it("may answer with links alone, under another key", async () => {
    server.set("sessionAnswer", "links-only");
    server.set("linksKey", "_Links");
    expect((await server.session(2000)).body).toEqual({
      _Links: { redirect: { href: expect.any(String), type: "text/html" } },
    });
  });

  it("may be unknown until its payer has paid", async () => {
    server.set("openSession", "unknown");
    const { body } = await server.session(2000, { transId: "cart" });
    expect([(await server.look(body.payId)).status, (await server.find("cart")).status]).toEqual([404, 404]);
    await server.onPage(body._links.redirect.href, { card: "visa" });
    expect((await server.find("cart")).body.status).toBe("AUTHORIZED");
  });

  it("may live a day, and name the payId otherwise on the way back", async () => {
    server.set("sessionLife", "24h");
    server.set("returnParameter", "PayID");
    const { body } = await server.session(2000);
    server.pass(DAY - 1);
    const back = await server.onPage(body._links.redirect.href, { card: "visa" });
    expect(back.headers.get("location")).toBe(`https://shop.example/done?order=7&PayID=${body.payId}`);
  });
});

describe("look-ups", () => {
  it.each([
    ["every-operation", 200],
    ["payment-only", 404],
  ])("by an increment's transId, %s: %i", async (reading, status) => {
    server.set("lookUpByTransId", reading);
    const payId = await opened();
    await server.add(payId, 500, { transId: "dinner", refNr: "d1" });
    const found = await server.find("dinner");
    expect(found.status).toBe(status);
    if (status === 200)
      expect(found.body).toMatchObject({ payId, transId: "dinner", refNr: "d1", amount: { value: 2500 } });
    expect((await server.find("base")).body).toMatchObject({ payId, transId: "base" });
  });

  it("by a declined increment's transId: FAILED, with its code", async () => {
    const payId = await opened();
    await server.add(payId, 551, { transId: "dinner" });
    expect((await server.find("dinner")).body).toMatchObject({
      status: "FAILED",
      responseCode: "22060351",
      amount: { value: 2000 },
    });
  });

  it("by a capture's and a reversal's transId", async () => {
    const payId = await opened();
    await server.add(payId, 500);
    await server.reverse(payId, 500, { transId: "undo" });
    await server.capture(payId, 2000, { transId: "final" });
    expect((await server.find("undo")).body.status).toBe("REVERSED");
    expect((await server.find("final")).body.status).toBe("CAPTURED");
  });

  it("lag 20 s behind, each operation by itself", async () => {
    server.set("lookUpLag", "20s");
    const payId = await opened();
    expect((await server.look(payId)).status).toBe(404);
    server.pass(20_000);
    await server.add(payId, 500, { transId: "dinner" });
    expect((await server.look(payId)).body.amount.value).toBe(2000);
    expect((await server.find("dinner")).status).toBe(404);
    server.pass(20_000);
    expect((await server.look(payId)).body.amount.value).toBe(2500);
    expect((await server.find("dinner")).status).toBe(200);
  });

  it.each([
    ["standing", 2000],
    ["gross", 2500],
    ["first", 2000],
  ])("readTotal %s: %i after an increment that was reversed", async (reading, value) => {
    server.set("readTotal", reading);
    const payId = await opened();
    await server.add(payId, 500);
    expect((await server.look(payId)).body.amount.value).toBe(reading === "first" ? 2000 : 2500);
    await server.reverse(payId, 500);
    expect((await server.look(payId)).body.amount.value).toBe(value);
  });

  it.each([
    ["authorized", "AUTHORIZED"],
    ["expired", "EXPIRED"],
  ])("readAfterExpiry %s", async (reading, status) => {
    server.set("readAfterExpiry", reading);
    const payId = await opened();
    server.pass(30 * DAY);
    expect((await server.look(payId)).body.status).toBe(status);
  });
});

it("a reversal may take the last step whatever its amount", async () => {
  server.set("reversalAmount", "ignored");
  const payId = await opened();
  await server.add(payId, 500);
  await server.add(payId, 700);
  await server.reverse(payId, 500);
  expect(server.payment(payId).movements.at(-1)).toMatchObject({ kind: "reversal", amount: 500, applied: 700 });
  expect(sums(payId).held).toBe(2500);
});

describe("captures", () => {
  it("many: until all that is authorized is taken", async () => {
    server.set("captures", "many");
    const payId = await opened();
    for (const value of [500, 700]) expect((await server.capture(payId, value)).status).toBe(200);
    expect((await server.look(payId)).body).toMatchObject({
      status: "AUTHORIZED",
      amount: { value: 2000, capturedValue: 1200 },
    });
    expect((await server.capture(payId, 801)).body.responseCode).toBe("22060905");
    expect((await server.capture(payId, 800)).status).toBe(200);
    expect((await server.capture(payId, 1)).body.responseCode).toBe("22060904");
    expect(sums(payId)).toEqual({ authorized: 2000, captured: 2000, released: 0, held: 0 });
  });

  it("one: the second is refused", async () => {
    const payId = await opened();
    await server.capture(payId, 500);
    expect((await server.capture(payId, 500)).body.responseCode).toBe("22060904");
    expect(sums(payId)).toEqual({ authorized: 2000, captured: 500, released: 0, held: 1500 });
  });

  it("may give the rest back at once", async () => {
    server.set("restAfterCapture", "released");
    const payId = await opened();
    await server.capture(payId, 500);
    expect(sums(payId)).toEqual({ authorized: 2000, captured: 500, released: 1500, held: 0 });
  });

  it("may be late", async () => {
    server.set("lateCapture", "accepted");
    const payId = await opened();
    server.pass(30 * DAY);
    expect((await server.capture(payId, 2000)).body.status).toBe("CAPTURED");
    expect(sums(payId)).toEqual({ authorized: 2000, captured: 2000, released: 2000, held: 0 });
  });
});

it.each([
  ["last-approved", "2026-12-31T12:00:00.000Z"],
  ["first", "2026-12-21T12:00:00.000Z"],
])("expiryRunsFrom %s: %s", async (reading, expires) => {
  server.set("expiryRunsFrom", reading);
  const payId = await opened();
  server.pass(10 * DAY);
  await server.add(payId, 500);
  expect(server.payment(payId).expires).toBe(expires);
});

describe("notices", () => {
  const told = () => server.gateway.notices?.reports().map(({ headers, body }) => [headers["content-type"], body]);
  const paid = async () => {
    const { body } = await server.session(2000, { transId: "cart" });
    await server.onPage(body._links.redirect.href, { card: "visa" });
    return String(body.payId);
  };

  it("basic: the payId and nothing else", async () => {
    server.set("webhookForm", "basic");
    const payId = await paid();
    expect(told()).toEqual([["application/json", `{"payId":"${payId}"}`]]);
  });

  it("form: as older integrations read it", async () => {
    server.set("webhookForm", "form");
    const payId = await paid();
    const fields = `PayID=${payId}&TransID=cart&MID=plimsoll_test&Status=AUTHORIZED&Code=00000000`;
    expect(told()).toEqual([["application/x-www-form-urlencoded", fields]]);
  });

  it("of every operation of a payment that has an address", async () => {
    server.set("notifies", "every-operation");
    const payId = await paid();
    await server.add(payId, 500, { transId: "dinner" });
    await server.reverse(payId, 500, { transId: "undo" });
    await server.capture(payId, 2000, { transId: "final" });
    await server.authorize(2000);
    expect(told()?.map(([, body]) => JSON.parse(body ?? "").transId)).toEqual(["cart", "dinner", "undo", "final"]);
  });
});
