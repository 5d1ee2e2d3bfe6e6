import { describe, expect, it } from "vitest";
import { ManualClock } from "../testing/manual-clock.ts";
import { createTokens } from "./client-credentials.ts";
import type { Send, WireRequest, WireResult } from "./wire-client.ts";

const SECRET = "a secret / with & signs";
const HOUR = 3600;

/** A token endpoint that answers what it is told, and keeps what it was asked. */
function endpoint(answer: (nth: number) => WireResult | Promise<WireResult>) {
  const asked: WireRequest[] = [];
  const clock = new ManualClock(1_000_000);
  const send: Send = async (request) => {
    asked.push(request);
    return answer(asked.length);
  };
  const tokens = createTokens({
    origin: "https://api.example",
    path: "/oauth2/token",
    clientId: "harbor",
    clientSecret: SECRET,
    scope: "payment.write",
    send,
    now: clock.now,
    after: clock.after,
  });
  return { tokens, asked, clock };
}

const answered = (status: number, body: unknown): WireResult => ({
  is: "answered",
  status,
  contentType: "application/json",
  body: typeof body === "string" ? body : JSON.stringify(body),
});
const bearer = (nth: number, expires_in: number | string = HOUR) =>
  answered(200, { access_token: `t${nth}`, token_type: "Bearer", expires_in });
const patient = new AbortController().signal;
const token = (name: string) => ({ is: "token", token: name });

describe("a token", () => {
  it("is asked for as a form, once, and kept", async () => {
    const { tokens, asked } = endpoint(bearer);
    expect(await tokens.get(patient)).toEqual(token("t1"));
    expect(await tokens.get(patient)).toEqual(token("t1"));
    expect(asked).toHaveLength(1);
    expect(asked[0]).toMatchObject({
      method: "POST",
      path: "/oauth2/token",
      headers: { "content-type": "application/x-www-form-urlencoded" },
    });
    expect(Object.fromEntries(new URLSearchParams(asked[0]?.body ?? ""))).toEqual({
      grant_type: "client_credentials",
      client_id: "harbor",
      client_secret: SECRET,
      scope: "payment.write",
    });
  });

  it("is renewed a minute before it ends, also where its time is written as a string", async () => {
    const { tokens, clock, asked } = endpoint((nth) => bearer(nth, "3600"));
    await tokens.get(patient);
    clock.passes(3_539_000);
    expect(await tokens.get(patient)).toEqual(token("t1"));
    clock.passes(1_000);
    expect(await tokens.get(patient)).toEqual(token("t2"));
    expect(asked).toHaveLength(2);
  });

  it("that lives a short time is kept for half of it", async () => {
    const { tokens, clock } = endpoint((nth) => bearer(nth, 60));
    await tokens.get(patient);
    clock.passes(29_000);
    expect(await tokens.get(patient)).toEqual(token("t1"));
    clock.passes(1_000);
    expect(await tokens.get(patient)).toEqual(token("t2"));
  });

  it("is asked for once, however many need it at the same time", async () => {
    const gate = Promise.withResolvers<WireResult>();
    const { tokens, asked } = endpoint(() => gate.promise);
    const all = Promise.all([tokens.get(patient), tokens.get(patient), tokens.get(patient)]);
    gate.resolve(bearer(1));
    expect(await all).toEqual([token("t1"), token("t1"), token("t1")]);
    expect(asked).toHaveLength(1);
  });

  it("that was turned away is not given out again, and a newer one is", async () => {
    const { tokens, asked } = endpoint(bearer);
    await tokens.get(patient);
    expect(await tokens.get(patient, "t1")).toEqual(token("t2"));
    expect(await tokens.get(patient, "t1")).toEqual(token("t2"));
    expect(asked).toHaveLength(2);
  });
});

describe("no token", () => {
  it.each([
    [
      "wrong credentials",
      answered(401, { error: "invalid_client", error_description: SECRET }),
      "token: credentials_refused",
    ],
    ["wrong credentials, as RFC 6749 has it", answered(400, { error: "invalid_client" }), "token: credentials_refused"],
    ["a broken gateway", answered(503, "<html>"), "token: http_503"],
    ["a page", answered(200, "<html>"), "token: unreadable_answer"],
    [
      "another kind of token",
      answered(200, { access_token: "t", token_type: "mac", expires_in: 60 }),
      "token: unreadable_answer",
    ],
    [
      "a token that breaks a header",
      answered(200, { access_token: "a\r\nb", token_type: "bearer", expires_in: 60 }),
      "token: unreadable_answer",
    ],
    ["a token without an end", answered(200, { access_token: "t", token_type: "bearer" }), "token: unreadable_answer"],
    ["no connection", { is: "not_sent", cause: "econnrefused" } as const, "token: econnrefused"],
    ["no answer", { is: "unclear", cause: "econnreset" } as const, "token: econnreset"],
  ])("%s is said without a secret, and tried again the next time", async (_, answer, cause) => {
    const { tokens } = endpoint((nth) => (nth === 1 ? answer : bearer(nth)));
    const got = await tokens.get(patient);
    expect(got).toEqual({ is: "none", cause });
    expect(JSON.stringify(got)).not.toContain(SECRET);
    expect(await tokens.get(patient)).toEqual(token("t2"));
  });

  it("a caller whose time is up goes on alone: the others get theirs", async () => {
    const gate = Promise.withResolvers<WireResult>();
    const { tokens } = endpoint(() => gate.promise);
    const hurried = new AbortController();
    const first = tokens.get(hurried.signal);
    const second = tokens.get(patient);
    hurried.abort();
    expect(await first).toEqual({ is: "none", cause: "aborted" });
    gate.resolve(bearer(1));
    expect(await second).toEqual(token("t1"));
    expect(await tokens.get(AbortSignal.abort())).toEqual(token("t1"));
  });
});
