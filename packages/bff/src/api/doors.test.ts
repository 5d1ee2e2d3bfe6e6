import { codes, type Code } from "@plimsoll/shared";
import { afterEach, beforeEach, expect, test } from "vitest";
import { appRouter } from "./router.ts";
import { APP, dataOf, HOTEL, refusalOf, World, type Answer } from "./testing/harness.ts";

let world: World;
let hold: string;
beforeEach(async () => {
  world = await World.start();
  hold = (await world.open()).id;
});
afterEach(() => world.stop());

const flat: Readonly<Record<string, unknown>> = appRouter._def.procedures;
const procedures = Object.keys(flat);

async function expectRefused(code: Code, ask: () => Promise<Answer>): Promise<void> {
  const before = await world.state();
  const answer = await ask();
  expect([refusalOf(answer).code, answer.status]).toEqual([code, codes[code].status]);
  expect(await world.state()).toBe(before);
}

test("every procedure is behind one of three doors, with its input and output declared", () => {
  expect(procedures.length).toBeGreaterThan(30);
  expect(procedures.filter((name) => !/^(widget|console|merchant)\.v1\.\w+(\.\w+)?$/.test(name))).toEqual([]);
  const undeclared = procedures.filter((name) => {
    const definition: unknown = Reflect.get(Object(flat[name]), "_def");
    return Reflect.get(Object(definition), "output") === undefined;
  });
  expect(undeclared).toEqual([]);
});

test.each(procedures)("%s answers to no credential of another door, and to none at all", async (procedure) => {
  const [door] = procedure.split(".");
  const payer = await world.payerToken(hold);
  const desk = await world.deskToken();
  const input = { hold, amount: 10_00, currency: "USD" };
  const others: Record<string, () => Promise<Answer>> = {
    widget: () => world.call(procedure, input, { token: payer }),
    console: () => world.call(procedure, input, { token: desk }),
    merchant: () => world.call(procedure, input, { key: world.keys.test }),
  };
  for (const [other, ask] of Object.entries(others)) {
    if (other !== door) await expectRefused("forbidden", ask);
  }
  const nobodies = ["", "x", `plim_test_${"A".repeat(43)}`, `plim_live_${"A".repeat(43)}`, "plim_test_", "Basic eDp5"];
  for (const key of nobodies) await expectRefused("unauthorized", () => world.call(procedure, input, { key }));
});

test("a secret key in a page gets no answer, whatever its origin", async () => {
  const headers = { authorization: `Bearer ${world.keys.test}`, origin: HOTEL };
  const input = encodeURIComponent(JSON.stringify({ hold }));
  await expectRefused("forbidden", () =>
    world.send(`trpc/merchant.v1.hold?input=${input}`, { method: "GET", headers }),
  );
});

test("a payer's token is for its holds alone", async () => {
  const other = (await world.open()).id;
  const token = await world.payerToken(hold);
  await expectRefused("not_found", () => world.call("widget.v1.hold", { hold: other }, { token }));
  await expectRefused("not_found", () => world.call("widget.v1.receipt", { hold: other }, { token }));
  const question = `step_${"0".repeat(32)}`;
  await expectRefused("not_found", () => world.call("widget.v1.deny", { hold: other, question }, { token }));
  expect((await world.call("widget.v1.hold", undefined, { token })).status).toBe(200);
  const both = await world.payerToken(hold, other);
  await expectRefused("invalid_input", () => world.call("widget.v1.hold", undefined, { token: both }));
});

test("a token expires, and says so", async () => {
  const token = await world.payerToken(hold);
  world.clock.passes(606_000);
  await expectRefused("token_expired", () => world.call("widget.v1.hold", undefined, { token }));
  await expectRefused("token_expired", () => world.call("widget.v1.watch", undefined, { token }));
  // The page's script may read why.
  const { headers } = await world.call("widget.v1.watch", undefined, { token });
  expect(headers.get("access-control-allow-origin")).toBe(HOTEL);
});

test("a token that was tampered with reaches nothing", async () => {
  const token = await world.payerToken(hold);
  const [header = "", body = "", signature = ""] = token.split(".");
  const said: unknown = JSON.parse(Buffer.from(body, "base64url").toString());
  const other = Buffer.from(JSON.stringify({ ...Object(said), merchant: "other-hotel" })).toString("base64url");
  const none = Buffer.from('{"alg":"none","typ":"hold+jwt"}').toString("base64url");
  for (const bad of [`${header}.${other}.${signature}`, `${none}.${body}.`, `${header}.${body}.`]) {
    await expectRefused("unauthorized", () => world.call("widget.v1.hold", undefined, { token: bad }));
    await expectRefused("unauthorized", () => world.call("widget.v1.watch", undefined, { token: bad }));
  }
});

test.each([
  "https://other.example",
  "http://hotel.example",
  "https://hotel.example:8443",
  "https://hotel.example.evil.test",
  "null",
  "capacitor://localhost",
])("a token for the hotel's page is refused from %s", async (origin) => {
  const token = await world.payerToken(hold);
  await expectRefused("origin_refused", () => world.call("widget.v1.hold", undefined, { token, origin }));
  const headers = { authorization: `Bearer ${token}` };
  await expectRefused("origin_refused", () => world.send("trpc/widget.v1.hold", { method: "GET", headers }));
});

test("a browser may ask from a known page, a web view's own scheme included, and from no other", async () => {
  const asked = { "access-control-request-method": "POST", "access-control-request-headers": "authorization" };
  const preflight = (origin: string) =>
    world.send("trpc/widget.v1.approve", { method: "OPTIONS", headers: { origin, ...asked } });
  for (const origin of [HOTEL, APP]) {
    const { status, headers } = await preflight(origin);
    expect(status).toBe(204);
    expect(headers.get("access-control-allow-origin")).toBe(origin);
    expect(headers.get("access-control-allow-headers")).toBe(
      "authorization,content-type,idempotency-key,last-event-id",
    );
    expect(headers.get("access-control-max-age")).toBe("600");
    expect(headers.get("access-control-allow-credentials")).toBeNull();
    expect(headers.get("vary")).toContain("Origin");
  }
  for (const origin of ["null", "https://evil.test", "https://hotel.example.evil.test", "https://HOTEL.example/"]) {
    const { status, headers } = await preflight(origin);
    expect([status, headers.get("access-control-allow-origin")]).toEqual([405, null]);
    expect(headers.get("vary")).toContain("Origin");
  }
});

test("an operator moves no more than their greatest amount; a desk sees its own merchant's holds of its mode", async () => {
  await world.open(100_00, {}, world.keys.other);
  await world.open(100_00, {}, world.keys.live);
  const token = await world.deskToken({ max: 50_00 });
  const raise = (amount: number) => world.call("console.v1.increment", { hold, amount, currency: "USD" }, { token });
  await expectRefused("above_operator_limit", () => raise(50_01));
  await expectRefused("above_operator_limit", () =>
    world.call("console.v1.capture", { hold, amount: 400_00, currency: "USD" }, { token }),
  );
  expect(dataOf(await raise(50_00))).toMatchObject({ hold: { limits: { raise: 50_00, capture: 50_00 } } });
  expect(dataOf(await world.call("console.v1.holds", undefined, { token }))).toMatchObject({ holds: [{ id: hold }] });
  const { events } = await world.merchant().history.query({ hold });
  expect(events.filter(({ type }) => type === "entered").map(({ by }) => by)).toEqual(["grand-hotel's server", "Ada"]);
});

test("a desk sees how a hold ended that was open with its token or the one before, and none that had ended earlier", async () => {
  const ended = (await world.open()).id;
  await world.call("merchant.v1.reverse", { hold: ended });
  world.clock.passes(601_000);
  const token = await world.deskToken();
  await world.call("console.v1.capture", { hold, amount: 400_00, currency: "USD" }, { token });
  expect(dataOf(await world.call("console.v1.hold", { hold }, { token }))).toMatchObject({
    hold: { lifecycle: "captured" },
  });
  await expectRefused("not_found", () => world.call("console.v1.hold", { hold: ended }, { token }));
});

test("a desk whose answer was lost asks again with the same key and a renewed token, and is told of the same step", async () => {
  const asked = { hold, amount: 400_00, currency: "USD" };
  const first = await world.call("console.v1.capture", asked, {
    token: await world.deskToken(),
    idempotency: "bill-412",
  });
  world.clock.passes(300_000);
  const again = await world.call("console.v1.capture", asked, {
    token: await world.deskToken(),
    idempotency: "bill-412",
  });
  expect(dataOf(again)).toMatchObject({ replayed: true, step: Reflect.get(Object(dataOf(first)), "step") });
});
