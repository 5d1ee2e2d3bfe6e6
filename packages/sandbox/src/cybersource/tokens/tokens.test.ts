import { decodeJwt, decodeProtectedHeader, importJWK, jwtVerify } from "jose";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Shop } from "../../testing/shop.ts";
import { NOON, openShop } from "../../testing/shop.ts";
import { systemRandom } from "../../random.ts";
import { testCard } from "../cards.ts";
import { createCybersourceReadings } from "../readings.ts";
import { createTransientTokens } from "./transient-tokens.ts";

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
beforeEach(() => shop.control.reset());
afterAll(() => shop.close());

const pay = (transientTokenJwt: string) =>
  shop.authorize("20.00", { paymentInformation: undefined, tokenInformation: { transientTokenJwt } });
const held = async () => (await shop.control.books()).sums["USD"]?.held ?? 0;
const refused = {
  status: 400,
  body: { reason: "INVALID_DATA", details: [{ field: "tokenInformation.transientTokenJwt", reason: "INVALID_DATA" }] },
};

describe("a transient token", () => {
  it.each([
    ["visa", "001", "1111"],
    ["mastercard", "002", "4444"],
    ["amex", "003", "0005"],
    ["discover", "004", "1117"],
  ])("of %s pays in place of the card", async (card, type, lastFour) => {
    const token = await shop.control.token(card);
    expect((await pay(token.token)).body).toMatchObject({
      status: "AUTHORIZED",
      paymentInformation: { card: { type } },
    });
    expect((await shop.control.books()).payments[0]).toMatchObject({ network: card, lastFour });
    expect(await held()).toBe(2000);
  });

  it("may be named by its jti", async () => {
    const { jti } = decodeJwt((await shop.control.token("visa")).token);
    expect((await shop.authorize("20.00", { paymentInformation: undefined, tokenInformation: { jti } })).status).toBe(
      201,
    );
    expect(await held()).toBe(2000);
  });

  it("of the card that declines is declined whatever the amount", async () => {
    const { token: transientTokenJwt } = await shop.control.token("declined");
    expect((await pay(transientTokenJwt)).body).toMatchObject({
      status: "DECLINED",
      errorInformation: { reason: "PROCESSOR_DECLINED" },
    });
    expect(await held()).toBe(0);
  });

  it("has the claims of a microform token, masked, for 15 minutes, signed with the published key", async () => {
    const { token: transientTokenJwt, expires } = await shop.control.token("visa");
    const { jti } = decodeJwt(transientTokenJwt);
    const { kid = "" } = decodeProtectedHeader(transientTokenJwt);
    const jwk = await (await fetch(`${shop.url}/flex/v2/public-keys/${kid}`)).json();
    const { payload } = await jwtVerify(transientTokenJwt, await importJWK(jwk, "RS256"), {
      currentDate: new Date(NOON),
    });
    expect(payload).toMatchObject({ iss: "Flex/08", type: "mf-2.0.0", jti, iat: NOON / 1000, exp: NOON / 1000 + 900 });
    expect(payload["content"]).toMatchObject({
      paymentInformation: { card: { number: { maskedValue: "XXXXXXXXXXXX1111", detectedCardTypes: ["001"] } } },
    });
    expect(expires).toBe("2026-11-21T12:15:00.000Z");
    expect(jti).toMatch(/^[A-F]{64}$/u);
    expect(await held()).toBe(0);
  });

  it("pays once", async () => {
    const { token: transientTokenJwt } = await shop.control.token("visa");
    expect((await pay(transientTokenJwt)).status).toBe(201);
    expect(await pay(transientTokenJwt)).toMatchObject(refused);
    expect(await held()).toBe(2000);
    await shop.control.setReading("transientToken", "reusable");
    expect((await pay(transientTokenJwt)).status).toBe(201);
    expect(await held()).toBe(4000);
  });

  it("pays once, also when two payments have looked at it before either used it", async () => {
    const tokens = await createTransientTokens({
      clock: { now: () => NOON },
      random: systemRandom,
      readings: createCybersourceReadings(),
    });
    const card = testCard("visa");
    if (card === undefined) throw new Error("there is a Visa among the test cards");
    const issued = await tokens.issue(card);
    const given = { transientTokenJwt: issued.token };
    const both = await Promise.all([tokens.redeem(given), tokens.redeem(given)]);
    const { jti = "" } = decodeJwt(issued.token);
    expect(both.map((found) => found?.jti)).toEqual([jti, jti]);
    expect([tokens.spend(jti), tokens.spend(jti)]).toEqual([true, false]);
  });

  it("is worth nothing after 15 minutes", async () => {
    const { token: transientTokenJwt } = await shop.control.token("visa");
    const { jti } = decodeJwt(transientTokenJwt);
    await shop.control.clock.advance(15 * 60_000);
    expect(await pay(transientTokenJwt)).toMatchObject(refused);
    const byId = await shop.authorize("20.00", { paymentInformation: undefined, tokenInformation: { jti } });
    expect(byId).toMatchObject({
      status: 400,
      body: { reason: "INVALID_DATA", details: [{ field: "tokenInformation.jti" }] },
    });
    expect(await held()).toBe(0);
  });

  it("that was changed, or made elsewhere, is refused", async () => {
    const { token: transientTokenJwt } = await shop.control.token("visa");
    const [head, , mac] = transientTokenJwt.split(".");
    const forged = Buffer.from(JSON.stringify({ ...decodeJwt(transientTokenJwt), exp: NOON })).toString("base64url");
    expect(await pay(`${head}.${forged}.${mac}`)).toMatchObject(refused);
    expect(await pay("abc")).toMatchObject(refused);
    const elsewhere = await openShop();
    const foreign = (await elsewhere.control.token("visa")).token;
    await elsewhere.close();
    expect(await pay(foreign)).toMatchObject(refused);
    expect(await held()).toBe(0);
  });
});

describe("the token page", () => {
  const page = (origin: string) => fetch(`${shop.url}/token-page?origin=${encodeURIComponent(origin)}`);

  it("may be framed by the origin that it is for, and names that origin as the only one to hear the token", async () => {
    const response = await page("https://shop.example");
    expect(response.headers.get("content-security-policy")).toContain("frame-ancestors https://shop.example");
    const html = await response.text();
    expect(html).toContain('data-origin="https://shop.example"');
    expect(html).not.toContain("4111111111111111");
  });

  it.each(["", "*", "javascript:alert(1)", "https://shop.example/path", 'https://x"onload="y', "https://x;script-src"])(
    "is not shown for the origin %o",
    async (origin) => {
      expect((await page(origin)).status).toBe(400);
    },
  );

  it("gets its token from its own host", async () => {
    const ask = (body: object) =>
      fetch(`${shop.url}/token-page/tokens`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(body),
      });
    const issued = await ask({ card: "mastercard" });
    expect(issued.status).toBe(201);
    expect((await pay((await issued.json()).token)).status).toBe(201);
    expect((await ask({ card: "none" })).status).toBe(400);
    expect(await held()).toBe(2000);
  });
});
