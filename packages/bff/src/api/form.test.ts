import { request as httpRequest } from "node:http";
import { codes, type Code } from "@plimsoll/shared";
import { afterEach, beforeEach, expect, test } from "vitest";
import { refusalOf, World, type Request } from "./testing/harness.ts";

let world: World;
let hold: string;
beforeEach(async () => {
  world = await World.start();
  hold = (await world.open()).id;
});
afterEach(() => world.stop());

const increment = "trpc/merchant.v1.increment";

function good(): { headers: Record<string, string>; body: string } {
  const headers = {
    authorization: `Bearer ${world.keys.test}`,
    "content-type": "application/json",
    "idempotency-key": "a key",
  };
  return { headers, body: JSON.stringify({ hold, amount: 10_00, currency: "USD" }) };
}

async function expectRefused(code: Code, path: string, request: Request): Promise<void> {
  const before = await world.state();
  const answer = await world.send(path, request);
  expect([refusalOf(answer).code, answer.status]).toEqual([code, codes[code].status]);
  expect(await world.state()).toBe(before);
}

test.each([
  "text/plain",
  "application/x-www-form-urlencoded",
  "multipart/form-data; boundary=x",
  "application/octet-stream",
  "",
])("a body of content type '%s' is not read", async (type) => {
  const { headers, body } = good();
  await expectRefused("not_json", increment, { headers: { ...headers, "content-type": type }, body });
  await expectRefused("not_json", `trpc/merchant.v1.hold?input=${encodeURIComponent(JSON.stringify({ hold }))}`, {
    method: "GET",
    headers: { ...headers, "content-type": type === "" ? "text/html" : type },
  });
});

test("a compressed body is not taken, nor one in another encoding than UTF-8", async () => {
  const { headers, body } = good();
  await expectRefused("not_json", increment, { headers: { ...headers, "content-encoding": "gzip" }, body });
  const type = "application/json; charset=utf-99";
  await expectRefused("not_json", increment, { headers: { ...headers, "content-type": type }, body });
});

test("a body over 16 KB, said or streamed", async () => {
  const { headers, body } = good();
  const long = body.replace("{", `{${" ".repeat(17 * 1024)}`);
  await expectRefused("too_large", increment, { headers, body: long });
  const before = await world.state();
  expect(await streamed(world.url(increment), headers, long)).toBe(413);
  expect(await world.state()).toBe(before);
});

/** A body without a length, in two pieces. */
function streamed(url: string, headers: Record<string, string>, body: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const sent = httpRequest(url, { method: "POST", headers }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    });
    sent.once("error", reject);
    sent.write(body.slice(0, 9000));
    sent.end(body.slice(9000));
  });
}

test("no batching, neither by name nor by comma", async () => {
  const { headers, body } = good();
  await expectRefused("invalid_input", `${increment}?batch=1`, { headers, body: `{"0":${body}}` });
  await expectRefused("unknown_procedure", `${increment},merchant.v1.increment?batch=1`, {
    headers,
    body: `{"0":${body}}`,
  });
});

test("nothing of a credential may stand in the address", async () => {
  const { headers } = good();
  const input = encodeURIComponent(JSON.stringify({ hold }));
  await expectRefused("invalid_input", `trpc/merchant.v1.hold?input=${input}&connectionParams=%7B%7D`, {
    method: "GET",
    headers,
  });
});

test("another method than the procedure's", async () => {
  const { headers, body } = good();
  await expectRefused("wrong_method", `${increment}?input=${encodeURIComponent(body)}`, { method: "GET", headers });
  await expectRefused("wrong_method", "trpc/merchant.v1.hold", { headers, body: JSON.stringify({ hold }) });
  for (const method of ["PUT", "DELETE", "PATCH", "OPTIONS"]) {
    await expectRefused("wrong_method", increment, { method, headers });
  }
});

test.each([
  "",
  "merchant",
  "merchant.v1",
  "merchant.v2.hold",
  "constructor",
  "__proto__",
  "toString",
  "merchant.v1.hold/",
  "%E0%A4%A",
])("there is no procedure '%s'", async (name) => {
  const { headers, body } = good();
  await expectRefused("unknown_procedure", `trpc/${name}`, { headers, body });
});

test.each(["", "{", "[]", "null", '"text"', "7", '{"hold":}', "\u0000"])("a body that says %j", async (body) => {
  const { headers } = good();
  const before = await world.state();
  const answer = await world.send(increment, { headers, body });
  expect(answer.status).toBe(400);
  expect(["invalid_input", "invalid_amount"]).toContain(refusalOf(answer).code);
  expect(await world.state()).toBe(before);
});

test("names of Object's own are refused as undocumented fields, and change no prototype", async () => {
  const { headers, body } = good();
  for (const name of ["__proto__", "constructor", "prototype", "toString"]) {
    await expectRefused("invalid_input", increment, { headers, body: body.replace("{", `{"${name}":{"amount":1},`) });
  }
  expect(Reflect.get({}, "amount")).toBeUndefined();
});

test("an error says its code, sentence, reference and detail, and nothing else", async () => {
  const { headers } = good();
  const answer = await world.send(increment, { headers, body: JSON.stringify({ hold, amount: 1, currency: "EUR" }) });
  expect(JSON.parse(answer.text)).toEqual({
    error: {
      message: codes.wrong_currency.sentence,
      code: expect.any(Number),
      data: {
        httpStatus: 409,
        plimsoll: {
          code: "wrong_currency",
          message: codes.wrong_currency.sentence,
          reference: expect.any(String),
          detail: { currency: "USD" },
        },
      },
    },
  });
  // The reference that a person is told stands in the log.
  expect(world.log.some((line) => line.includes(refusalOf(answer).reference))).toBe(true);
});

test("a fault of ours says nothing but a reference, under which the log has it", async () => {
  const { headers } = good();
  world.gateway.capabilities = () => {
    throw new Error("a fault at /srv/plimsoll with password hunter2");
  };
  const body = JSON.stringify({ order: "o-1", amount: 1, currency: "USD", payment: { token: "t" } });
  const answer = await world.send("trpc/merchant.v1.open", { headers, body });
  expect([answer.status, refusalOf(answer).code]).toEqual([500, "internal"]);
  expect(answer.text).not.toMatch(/hunter2|srv|\bat /);
  const line = world.log.findIndex((one) => one.includes(refusalOf(answer).reference));
  expect(world.log.splice(line, 1)[0]).toContain("a fault at");
});

test("no answer sets a cookie; every one says what it is and is not stored", async () => {
  const { headers, body } = good();
  for (const answer of [
    await world.send(increment, { headers, body }),
    await world.send(increment, { headers: {}, body }),
    await world.send("health", { method: "GET" }),
  ]) {
    expect(answer.headers.get("set-cookie")).toBeNull();
    expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
    expect(answer.headers.get("x-powered-by")).toBeNull();
    expect(answer.headers.get("content-security-policy")).toBe("default-src 'none';frame-ancestors 'none'");
  }
  expect((await world.send(increment, { headers, body })).headers.get("cache-control")).toBe("no-store");
});
