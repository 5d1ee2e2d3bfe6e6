import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Heard, MerchantServer } from "../testing/merchant-server.ts";
import { openMerchantServer } from "../testing/merchant-server.ts";

let server: MerchantServer;
beforeAll(async () => {
  server = await openMerchantServer();
});
beforeEach(() => {
  server.startAgain();
  server.gateway.notices?.deliver("held");
});
afterAll(() => server.close());

const opened = async (value = 2000, more = {}) => {
  const { body } = await server.session(value, more);
  return { payId: String(body.payId), href: String(body._links.redirect.href) };
};
const state = (payId: string) => server.payment(payId).state;
const backAt = ({ status, headers }: Heard) => [status, headers.get("location")];
const notices = () => server.gateway.notices?.reports().map(({ url, body }) => ({ url, body: JSON.parse(body) })) ?? [];

describe("a session", () => {
  it("answers with the payId and the address of its page, and waits", async () => {
    const { status, body } = await server.session(2000, { transId: "cart-1" });
    expect(status).toBe(200);
    expect(body).toEqual({
      payId: expect.stringMatching(/^[a-f]{32}$/u),
      _links: { redirect: { href: expect.stringContaining(`${server.url}/pay/`), type: "text/html" } },
    });
    expect(body._links.redirect.href).not.toContain(body.payId);
    expect(server.payment(body.payId)).toMatchObject({ state: "waiting", facts: { session: "open" }, movements: [] });
    expect((await server.find("cart-1")).body).toMatchObject({
      payId: body.payId,
      status: "PENDING",
      responseCode: "60000000",
      amount: { value: 2000, currency: "EUR" },
    });
    expect((await server.capture(body.payId, 2000)).status).toBe(404);
  });

  it("is refused without the three addresses, and where one is none", async () => {
    expect((await server.session(2000, { urls: undefined })).body.responseCode).toBe("40100007");
    const urls = { return: "javascript:alert(1)", cancel: "https://shop.example", webhook: "https://shop.example" };
    expect((await server.session(2000, { urls })).body.responseCode).toMatch(/^20..0007$/u);
  });

  it("is opened by POST /payments with HOSTED too", async () => {
    const paymentMethods = { integrationType: "HOSTED", type: "CARD" };
    const urls = { return: "https://a.example/", cancel: "https://a.example/", webhook: "http://127.0.0.1:9/" };
    const { body } = await server.authorize(2000, { paymentMethods, urls });
    expect((await fetch(body._links.redirect.href)).status).toBe(200);
    expect(state(body.payId)).toBe("waiting");
  });
});

describe("on the page", () => {
  it("the payer sees the amount and the test cards, under a strict policy", async () => {
    const { href } = await opened(24370, { amount: { value: 24370, currency: "KWD" } });
    const page = await fetch(href);
    const html = await page.text();
    expect(html).toContain("24.370 KWD");
    for (const { name } of server.gateway.cards) expect(html).toContain(`value="${name}"`);
    expect(page.headers.get("content-security-policy")).toMatch(/form-action 'self' https:\/\/shop\.example$/u);
    expect(page.headers.get("content-security-policy")).toContain("frame-ancestors 'none'");
  });

  it("pays, goes back to the shop with the payId, and the shop is told", async () => {
    const { payId, href } = await opened(2000, { transId: "cart-2", refNr: "c2" });
    expect(backAt(await server.onPage(href, { card: "mastercard" }))).toEqual([
      303,
      `https://shop.example/done?order=7&PayId=${payId}`,
    ]);
    expect(server.payment(payId)).toMatchObject({
      state: "open",
      network: "mastercard",
      lastFour: "4444",
      sums: { authorized: 2000, held: 2000 },
      facts: { session: "paid" },
    });
    expect(notices()).toEqual([
      {
        url: "http://127.0.0.1:9/notify",
        body: {
          payId,
          transId: "cart-2",
          refNr: "c2",
          status: "AUTHORIZED",
          responseCode: "00000000",
          responseDescription: "Transaction successful",
          amount: { value: 2000, currency: "EUR" },
          paymentMethods: [{ type: "CARD" }],
          creationDate: "2026-11-21T12:00:00.000Z",
        },
      },
    ]);
    expect((await server.add(payId, 500)).body.status).toBe("AUTHORIZED");
    expect((await server.capture(payId, 2500)).body.status).toBe("CAPTURED");
    expect(notices()).toHaveLength(1);
  });

  it("cancels, and the payment has failed", async () => {
    const { payId, href } = await opened();
    expect(backAt(await server.onPage(href, { cancel: "true" }))).toEqual([
      303,
      `https://shop.example/basket?PayId=${payId}`,
    ]);
    expect(server.payment(payId)).toMatchObject({ state: "declined", facts: { session: "cancelled" } });
    expect((await server.look(payId)).body).toMatchObject({
      status: "FAILED",
      responseCode: "22060908",
      responseDescription: "The payer cancelled",
    });
    expect(notices()).toMatchObject([{ body: { payId, status: "FAILED", responseCode: "22060908" } }]);
  });

  it("pays once: the page is over afterwards, and a second form changes nothing", async () => {
    const { payId, href } = await opened();
    await server.onPage(href, { card: "visa" });
    expect((await fetch(href)).status).toBe(410);
    expect(backAt(await server.onPage(href, { card: "visa" }))).toEqual([303, new URL(href).pathname]);
    expect(server.payment(payId).sums).toMatchObject({ authorized: 2000, held: 2000 });
    expect(notices()).toHaveLength(1);
  });

  it.each([
    ["an amount that is declined", 4051, "visa", "22060351"],
    ["a card that the bank declines", 2000, "declined", "22060305"],
    ["an acquirer that is not there", 1081, "visa", "22060396"],
  ])("%s: the payer comes back, and the look-up says FAILED", async (_what, value, card, responseCode) => {
    const { payId, href } = await opened(value);
    expect(backAt(await server.onPage(href, { card }))[1]).toContain(payId);
    expect((await server.look(payId)).body).toMatchObject({ status: "FAILED", responseCode });
    expect(server.payment(payId).sums.held).toBe(0);
    expect(notices()).toMatchObject([{ body: { status: "FAILED", responseCode } }]);
  });

  it("the payer who is lost on the way back has paid, and the shop is told", async () => {
    const { payId, href } = await opened(992);
    await expect(server.onPage(href, { card: "visa" })).rejects.toThrow(/fetch failed/u);
    expect(server.payment(payId).sums.held).toBe(992);
    expect(notices()).toMatchObject([{ body: { payId, status: "AUTHORIZED" } }]);
  });

  it("a page that breaks before it applies lets the payer try again", async () => {
    const { payId, href } = await opened();
    server.script({ match: { operation: "authorize", reference: payId }, do: "outcome", outcome: "SERVER_ERROR" });
    expect(backAt(await server.onPage(href, { card: "visa" }))[1]).toBe(new URL(href).pathname);
    expect(state(payId)).toBe("waiting");
    await server.onPage(href, { card: "visa" });
    expect(state(payId)).toBe("open");
  });

  it("a form without a known card changes nothing", async () => {
    const { payId, href } = await opened();
    expect(backAt(await server.onPage(href, { card: "gold" }))[1]).toBe(new URL(href).pathname);
    expect(state(payId)).toBe("waiting");
  });

  it("an address that leads nowhere says so", async () => {
    expect((await fetch(`${server.url}/pay/nowhere`)).status).toBe(410);
  });
});

describe("a session ends by itself", () => {
  it("after half an hour", async () => {
    const { payId, href } = await opened();
    server.pass(30 * 60_000 - 1);
    expect((await fetch(href)).status).toBe(200);
    server.pass(1);
    expect((await fetch(href)).status).toBe(410);
    expect(backAt(await server.onPage(href, { card: "visa" }))[1]).toBe(new URL(href).pathname);
    expect(server.payment(payId)).toMatchObject({ state: "waiting", facts: { session: "expired" } });
    expect((await server.look(payId)).body).toMatchObject({ status: "FAILED", responseCode: "20180011" });
  });

  it("at its expirationTime", async () => {
    const { href } = await opened(2000, { expirationTime: "2026-11-21T13:00:00+00:00" });
    server.pass(60 * 60_000 - 1);
    expect((await fetch(href)).status).toBe(200);
    server.pass(1);
    expect((await fetch(href)).status).toBe(410);
    const late = await server.session(2000, { expirationTime: "2026-11-21T11:00:00Z" });
    expect(late.body.responseCode).toBe("20120011");
  });

  it("keeps the payment's own time when its payer pays", async () => {
    const { payId, href } = await opened();
    server.gateway.advance("plimsoll_test", payId, 60_000);
    await server.onPage(href, { card: "visa" });
    expect(server.payment(payId)).toMatchObject({
      ahead: 60_000,
      movements: [{ at: "2026-11-21T12:01:00.000Z" }],
      expires: "2026-12-21T12:01:00.000Z",
    });
  });
});

describe("the card field", () => {
  it("gives a pseudo card number that pays", async () => {
    const response = await fetch(`${server.url}/token-page/tokens`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ card: "mastercard" }),
    });
    const issued = await response.json();
    expect(issued).toMatchObject({ token: expect.stringMatching(/^0\d{12}444$/u), lastFour: "4444" });
    const paymentMethods = { integrationType: "DIRECT", type: "CARD", card: { number: issued.token } };
    const { body } = await server.authorize(2000, { paymentMethods });
    expect(body).toMatchObject({ status: "AUTHORIZED", paymentMethods: { card: { brand: "MasterCard" } } });
    expect(JSON.stringify(server.journal())).not.toContain(issued.token);
  });
});
