import { describe, expect, it } from "vitest";
import { ManualClock } from "../../testing/manual-clock.ts";
import type { Attempt } from "../port.ts";
import type { WireResult } from "../wire-client.ts";
import { createComputop } from "./adapter.ts";
import { account, answered, answering, NOON, NOTICES, order, PAY_ID } from "./testing/order.ts";

const approved = answered(200, {
  payId: PAY_ID,
  transId: "ourTransId",
  status: "AUTHORIZED",
  responseCode: "00000000",
});
const token = (name: string, seconds = 3_600) =>
  answered(200, { access_token: name, token_type: "Bearer", expires_in: seconds });

function gatewayOf(more: object, ...results: WireResult[]) {
  const { send, sent } = answering(...results);
  const clock = new ManualClock(NOON);
  const gateway = createComputop(account(more), { send, now: clock.now, after: clock.after, noticesUrl: NOTICES });
  const ask = (asked = order("increment", { before: 10_000, step: 500 }), by: Partial<Attempt> = {}) => {
    const attempt = { number: 1, token: null, signal: AbortSignal.timeout(1_000), ...by };
    return gateway.ask({ order: asked, written: gateway.write(asked), ...attempt });
  };
  return { gateway, ask, sent, clock };
}

describe("what goes out", () => {
  it("shows merchant id and key, and carries the operation's own key", async () => {
    const { ask, sent } = gatewayOf({ auth: "basic" }, approved);
    expect(await ask()).toMatchObject({ is: "approved" });
    expect(sent).toEqual([
      {
        origin: "https://test.computop-paygate.com",
        method: "POST",
        path: `/api/v2/payments/${PAY_ID}/incrementals`,
        headers: {
          accept: "application/json",
          "user-agent": "plimsoll",
          authorization: "Basic cGxpbXNvbGxfdGVzdDpzYW5kYm94LXBheWdhdGUtYXBpLWtleQ==",
          "content-type": "application/json",
          "idempotency-key": "0199-key",
        },
        body: '{"transId":"ourTransId","amount":{"value":500,"currency":"EUR"}}',
      },
    ]);
  });

  it("is the same bytes under the same key when it is asked again", async () => {
    const { ask, sent } = gatewayOf({}, { is: "unclear", cause: "timed_out" }, approved);
    expect(await ask()).toMatchObject({ is: "unknown" });
    expect(await ask(undefined, { number: 2 })).toMatchObject({ is: "approved" });
    expect(sent[1]).toEqual(sent[0]);
  });

  it("has the payer's token in the place that waits for it", async () => {
    const { ask, sent } = gatewayOf({}, approved);
    const pseudo = "0949128693311459";
    expect(await ask(order("authorize", { step: 10_000 }), { token: pseudo })).toMatchObject({ is: "approved" });
    expect(JSON.parse(sent[0]?.body ?? "")).toMatchObject({ paymentMethods: { card: { number: pseudo } } });
  });

  it.each([
    ["none", null, "not_sent: no_payment_token"],
    ["one with quotes", '0949","x":"1', "not_sent: no_payment_token"],
    ["a card's own number", "4111111111111111", "not_sent: card_number"],
  ])("never has %s for a token", async (_, given, cause) => {
    const { ask, sent } = gatewayOf({}, approved);
    const asked = order("authorize", { step: 10_000 });
    expect(await ask(asked, { token: given })).toEqual({ is: "rejected", cause, again: "never" });
    expect(sent).toEqual([]);
  });
});

describe("an access token", () => {
  it("is asked for once, with merchant id and key in a form, and shown until shortly before its end", async () => {
    const { ask, sent, clock } = gatewayOf({ auth: "oauth" }, token("one"), approved, approved, token("two"), approved);
    await ask();
    await ask();
    clock.passes(3_590_000);
    await ask();
    expect(sent.map(({ path }) => path.replace(/.*\//, ""))).toEqual([
      "token",
      "incrementals",
      "incrementals",
      "token",
      "incrementals",
    ]);
    expect(sent[0]).toMatchObject({
      path: "/api/v2/authorization/oauth/token",
      body: "grant_type=client_credentials&client_id=plimsoll_test&client_secret=sandbox-paygate-api-key",
    });
    expect(sent.map(({ headers }) => headers["authorization"])).toEqual([
      undefined,
      "Bearer one",
      "Bearer one",
      undefined,
      "Bearer two",
    ]);
  });

  it("that is turned away is not shown again", async () => {
    const refused = answered(401, { error: "invalid_token" });
    const { ask, sent } = gatewayOf({ auth: "oauth" }, token("one"), refused, token("two"), approved);
    expect(await ask()).toEqual({ is: "rejected", cause: "credentials_refused", again: "later" });
    expect(await ask()).toMatchObject({ is: "approved" });
    expect(sent.at(-1)?.headers["authorization"]).toBe("Bearer two");
  });

  it("that can't be had leaves everything unsent, and says no secret", async () => {
    const { ask, gateway, sent } = gatewayOf({ auth: "oauth" }, answered(401, { error: "invalid_client" }));
    const outcome = await ask();
    expect(outcome).toMatchObject({ is: "rejected", cause: expect.stringMatching(/^not_sent: /), again: "later" });
    expect(JSON.stringify(outcome)).not.toContain("sandbox-paygate-api-key");
    const { payment } = order("capture", { step: 1 });
    expect(await gateway.read(payment, AbortSignal.timeout(1_000))).toMatchObject({ is: "cannot" });
    expect(sent.every(({ path }) => path.endsWith("/token"))).toBe(true);
  });
});
