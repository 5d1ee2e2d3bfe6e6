import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Shop } from "../../testing/shop.ts";
import { NOON, openShop, testCredentials } from "../../testing/shop.ts";
import type { Signer } from "../../testing/signer.ts";
import { httpSignature, jwtSigner } from "../../testing/signer.ts";
import { createMerchants } from "../merchants.ts";
import { createCybersourceReadings } from "../readings.ts";
import { authenticate } from "./authenticate.ts";

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
beforeEach(() => shop.control.reset());
afterAll(() => shop.close());

const order = {
  orderInformation: { amountDetails: { totalAmount: "20.00", currency: "USD" } },
  paymentInformation: { card: { number: "4111111111111111", expirationMonth: "12", expirationYear: "2031" } },
};
const pay = (as: Parameters<Shop["send"]>[3]) => shop.send("POST", "/pts/v2/payments", order, as);
const held = async () => (await shop.control.books()).sums["USD"]?.held ?? 0;

describe("a genuine signature opens the door", () => {
  it.each<[string, Signer]>([
    ["HTTP Signature", httpSignature],
    ["JWT version 2", jwtSigner()],
  ])("%s, for a body and for none", async (_name, signer) => {
    const paid = await pay({ signer });
    expect(paid.status).toBe(201);
    expect(await held()).toBe(2000);
    const read = await shop.send("GET", "/tss/v2/transactions/1", undefined, { signer });
    expect(read).toMatchObject({ status: 404, body: { message: "The requested resource does not exist" } });
  });

  it("of a merchant that was added by the control door", async () => {
    const credentials = {
      mid: "second_shop",
      keyId: "key-2",
      secret: Buffer.from("another secret of ours").toString("base64"),
    };
    expect((await pay({ credentials })).status).toBe(401);
    await shop.control.addMerchant(credentials);
    expect((await pay({ credentials })).status).toBe(201);
    expect((await shop.control.books("second_shop")).sums["USD"]?.held).toBe(2000);
    expect(await held()).toBe(0);
  });
});

describe("anything else is answered 401 and changes nothing", () => {
  const late =
    (by: number, signer: Signer): Signer =>
    (request, credentials) =>
      signer({ ...request, now: request.now + by }, credentials);
  const elsewhere: (signer: Signer) => Signer = (signer) => (request, credentials) =>
    signer({ ...request, host: "apitest.cybersource.com" }, credentials);
  const otherPath: (signer: Signer) => Signer = (signer) => (request, credentials) =>
    signer({ ...request, target: "/pts/v2/payments/1" }, credentials);
  const unsignedDigest: Signer = (request, credentials) => {
    const { digest = "" } = httpSignature(request, credentials);
    return { ...httpSignature({ ...request, body: undefined }, credentials), digest };
  };
  const wrongSecret = { ...testCredentials, secret: "d3Jvbmc=" };
  it.each<[string, NonNullable<Parameters<Shop["send"]>[3]>]>([
    ["HTTP Signature with another secret", { credentials: wrongSecret }],
    ["HTTP Signature of an unknown key", { credentials: { ...testCredentials, keyId: "other" } }],
    ["HTTP Signature of an unknown merchant", { credentials: { ...testCredentials, mid: "nobody" } }],
    ["HTTP Signature over other bytes", { sentBody: JSON.stringify(order).replace("20.00", "21.00") }],
    ["HTTP Signature over the same JSON with a space more", { sentBody: `${JSON.stringify(order)} ` }],
    ["HTTP Signature for another host", { signer: elsewhere(httpSignature) }],
    ["HTTP Signature for another path", { signer: otherPath(httpSignature) }],
    ["HTTP Signature that is six minutes old", { signer: late(-360_000, httpSignature) }],
    ["HTTP Signature from the future", { signer: late(360_000, httpSignature) }],
    ["HTTP Signature that leaves out the digest", { signer: unsignedDigest }],
    ["no signature", { signer: () => ({}) }],
    ["JWT with another secret", { signer: jwtSigner(), credentials: wrongSecret }],
    ["JWT over other bytes", { signer: jwtSigner(), sentBody: `${JSON.stringify(order)} ` }],
    ["JWT for another host", { signer: elsewhere(jwtSigner()) }],
    ["JWT for another path", { signer: otherPath(jwtSigner()) }],
    ["JWT that has run out", { signer: late(-300_000, jwtSigner()) }],
    ["JWT that lives longer than two minutes", { signer: jwtSigner({ lifeSeconds: 121 }) }],
    [
      "JWT without digest",
      { signer: (request, credentials) => jwtSigner()({ ...request, body: undefined }, credentials) },
    ],
    ["JWT without jti", { signer: jwtSigner({ jti: "" }) }],
    ["a bearer that is no JWT", { signer: () => ({ authorization: "Bearer abc" }) }],
  ])("%s", async (_name, as) => {
    expect(await pay(as)).toMatchObject({ status: 401, body: { response: { rmsg: "Authentication Failed" } } });
    expect(await held()).toBe(0);
  });

  it("a JWT sent twice, where reuse is refused", async () => {
    const signer = jwtSigner({ jti: "the-same" });
    expect((await pay({ signer })).status).toBe(201);
    expect((await pay({ signer })).status).toBe(201);
    await shop.control.setReading("reusedJti", "refused");
    expect((await pay({ signer })).status).toBe(401);
    expect(await held()).toBe(4000);
  });
});

describe("the values that CyberSource's own SDK makes", () => {
  const secret = testCredentials.secret;
  const parts = () => ({
    merchants: createMerchants([{ mid: "testrest", keyId: "08c94330-f618-42a3-b09d-e1e43be5efda", secret }]),
    clock: { now: () => NOON },
    readings: createCybersourceReadings(),
    seenJtis: new Set<string>(),
  });
  const target = "/pts/v2/payments/7474221808366131703814";
  const body = Buffer.from(
    '{"clientReferenceInformation":{"code":"hold-42-inc-1"},"orderInformation":{"amountDetails":{"additionalAmount":"10.00","currency":"USD"}}}',
  );
  const signed = (names: string, mac: string) =>
    `keyid="08c94330-f618-42a3-b09d-e1e43be5efda", algorithm="HmacSHA256", headers="${names}", signature="${mac}"`;
  const headers = {
    host: "apitest.cybersource.com",
    date: "Sat, 21 Nov 2026 12:00:00 GMT",
    "v-c-merchant-id": "testrest",
  };

  it("are genuine: a PATCH", async () => {
    const digest = "SHA-256=YINWU2szesSSnzZqMJ08byQIC4tPakBGCWfBecMPLn8=";
    const signature = signed(
      "host date request-target digest v-c-merchant-id",
      "sfO9YSVXCGp+xa/oy/qa5FdE9zR5RdbTts3B90nTh3g=",
    );
    const merchant = await authenticate(
      { method: "PATCH", target, body, headers: { ...headers, digest, signature } },
      parts(),
    );
    expect(merchant?.mid).toBe("testrest");
  });

  it("are genuine: a GET", async () => {
    const signature = signed(
      "host date request-target v-c-merchant-id",
      "ijYRcRv61hKrPtjDJeieFRwTe1oVR+9nrEoi7nvfmS4=",
    );
    const request = {
      method: "GET",
      target: "/tss/v2/transactions/7474221808366131703814",
      body: Buffer.alloc(0),
      headers: { ...headers, signature },
    };
    expect((await authenticate(request, parts()))?.mid).toBe("testrest");
  });

  it("are what the test signer makes too: a JWT", () => {
    const request = { method: "PATCH", host: "apitest.cybersource.com", target, body: body.toString(), now: NOON };
    const made = jwtSigner({ jti: "00000000-0000-4000-8000-000000000001" })(request, {
      ...testCredentials,
      mid: "testrest",
    });
    expect(made["authorization"]?.split(".").at(-1)).toBe("IxqhzWpy0UeO3qVaLvGRAqqprZeiW0IrnflwWbMxetA");
  });
});
