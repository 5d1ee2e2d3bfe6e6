import { describe, expect, it } from "vitest";
import { ManualClock } from "../../testing/manual-clock.ts";
import type { Attempt, Order } from "../port.ts";
import type { WireRequest, WireResult } from "../wire-client.ts";
import { createMoneris } from "./adapter.ts";
import { gate, json } from "./testing/gate.ts";
import { account, MERCHANT, order, PAYMENT } from "./testing/order.ts";
import { paymentOf, problemOf } from "./testing/payment.ts";

const TOKEN = "ot-HCUeCFtXJfEZSSUqvUJkS0";
const raise = order("increment", { before: 40_000, step: 5_000 });
const raised = json(200, paymentOf("INCREMENTED", { authorized: 45_000 }));
const turnedAway = json(401, problemOf(401, "UNAUTHORIZED_ERROR", "UNAUTHORIZED_REQUEST"));

function asking(
  answering: (request: WireRequest) => WireResult | Promise<WireResult>,
  { tokenAnswer, settings = {} }: { tokenAnswer?: (nth: number) => WireResult; settings?: object } = {},
) {
  const clock = new ManualClock(Date.parse("2026-11-22T12:00:00Z"));
  const wire = gate(answering, tokenAnswer);
  const deps = {
    send: wire.send,
    now: clock.now,
    after: clock.after,
    randomUUID: () => "06f1e47b-a1b5-4902-be9c-bccc506127c4",
  };
  const gateway = createMoneris(account(settings), deps);
  const ask = (asked: Order, more: Partial<Attempt> = {}) =>
    gateway.ask({
      order: asked,
      written: gateway.write(asked),
      number: 1,
      token: null,
      signal: new AbortController().signal,
      ...more,
    });
  return { ...wire, gateway, ask, clock };
}

describe("a request", () => {
  it("goes to the account's host under its version, its merchant and a token", async () => {
    const { ask, asked } = asking(() => raised);
    expect(await ask(raise)).toMatchObject({ is: "approved", total: 45_000 });
    expect(asked[0]).toMatchObject({ origin: "https://api.sb.moneris.io", method: "POST", path: "/oauth2/token" });
    expect(asked[1]).toEqual({
      origin: "https://api.sb.moneris.io",
      method: "POST",
      path: `/payments/${PAYMENT}/increment`,
      headers: {
        "content-type": "application/json",
        accept: "application/json, application/problem+json",
        "accept-language": "en",
        "user-agent": "plimsoll",
        "api-version": "2025-08-14",
        "x-merchant-id": MERCHANT,
        "x-correlation-id": "06f1e47b-a1b5-4902-be9c-bccc506127c4",
        authorization: "Bearer t1",
      },
      body: expect.stringContaining('"amount":5000') as unknown,
    });
  });

  it("keeps the version and the bytes that it was written in, when it is sent again", async () => {
    const { ask, asked } = asking(() => raised, { settings: { apiVersion: "2026-01-22" } });
    const written = {
      dialect: "moneris/2024-09-17/boolean",
      method: "POST",
      path: "/payments/x/increment",
      body: "{}",
    };
    await ask(raise, { written, number: 2 });
    expect(asked[1]).toMatchObject({
      path: "/payments/x/increment",
      body: "{}",
      headers: { "api-version": "2024-09-17" },
    });
  });

  it("carries the payer's token only where it belongs, and only a token", async () => {
    const { ask, asked } = asking(() => json(201, paymentOf("AUTHORIZED", { authorized: 100 })));
    const create = order("authorize", { step: 100 });
    for (const token of [null, "", 'ot-1","cardNumber":"4242', "a b"]) {
      expect(await ask(create, { token })).toEqual({
        is: "rejected",
        cause: "not_sent: no_payment_token",
        again: "never",
      });
    }
    expect(asked).toHaveLength(0);
    expect(await ask(create, { token: TOKEN })).toMatchObject({ is: "approved" });
    expect(JSON.parse(asked[1]?.body ?? "")).toMatchObject({ paymentMethod: { temporaryToken: TOKEN } });
  });
});

describe("a token", () => {
  it("serves many requests, and is renewed in time", async () => {
    const { ask, gateway, bearers, clock } = asking(() => raised);
    await ask(raise);
    await gateway.read(raise.payment, new AbortController().signal);
    clock.passes(3_600_000);
    await ask(raise);
    expect(bearers()).toEqual(["Bearer t1", "Bearer t1", "Bearer t2"]);
  });

  it("that is turned away is replaced once, within the same attempt", async () => {
    let first = true;
    const { ask, paths, bearers } = asking(() => {
      const answer = first ? turnedAway : raised;
      first = false;
      return answer;
    });
    expect(await ask(raise)).toMatchObject({ is: "approved" });
    expect(bearers()).toEqual(["Bearer t1", "Bearer t2"]);
    expect(paths().filter((path) => path.endsWith("/increment"))).toHaveLength(2);
  });

  it("that is turned away twice is a refusal of the credentials, and the next attempt asks anew", async () => {
    const { ask, bearers } = asking(() => turnedAway);
    const refused = { is: "rejected", cause: "credentials_refused", again: "later" };
    expect(await ask(raise)).toEqual(refused);
    expect(bearers()).toEqual(["Bearer t1", "Bearer t2"]);
    await ask(raise);
    expect(bearers()).toEqual(["Bearer t1", "Bearer t2", "Bearer t2", "Bearer t3"]);
  });

  it("a page that says 401 moves nobody to send twice", async () => {
    const { ask, paths } = asking(() => json(401, "<html>"));
    expect(await ask(raise)).toMatchObject({ is: "unknown" });
    expect(paths().filter((path) => path.endsWith("/increment"))).toHaveLength(1);
  });

  it("that is not given leaves the request unsent, and no secret is told", async () => {
    const answers = [json(401, { error: "invalid_client", client_secret: "harbor-client-secret" }), json(500, "")];
    for (const answer of answers) {
      const { ask, paths } = asking(() => raised, { tokenAnswer: () => answer });
      const outcome = await ask(raise);
      expect(outcome).toMatchObject({ is: "rejected", again: "later" });
      expect(outcome).toHaveProperty("cause", expect.stringMatching(/^not_sent: token: /));
      expect(JSON.stringify(outcome)).not.toContain("harbor-client-secret");
      expect(paths()).toEqual(["POST /oauth2/token"]);
    }
  });

  it("belongs to one account", async () => {
    const one = asking(() => raised);
    const two = asking(() => raised);
    await Promise.all([one.ask(raise), two.ask(raise)]);
    expect([one.paths()[0], two.paths()[0]]).toEqual(["POST /oauth2/token", "POST /oauth2/token"]);
  });
});

describe("secrets", () => {
  it("stand in no request that is kept, and in no answer's meaning", async () => {
    const create = order("authorize", { step: 100 });
    const echo = json(400, problemOf(400, "INVALID_REQUEST_ERROR", "BAD", { detail: `${TOKEN} harbor-client-secret` }));
    const { ask, gateway } = asking(() => echo);
    const kept = JSON.stringify([gateway.write(create), await ask(create, { token: TOKEN })]);
    for (const secret of [TOKEN, "harbor-client-secret", "Bearer"]) expect(kept).not.toContain(secret);
  });
});
