import { describe, expect, test } from "vitest";
import { fixtures } from "../../fixtures/fixtures.ts";
import { client } from "./client.ts";
import { payerDoor } from "./door.ts";
import { asFailure } from "./failure.ts";

const view = fixtures.question.hold;
const body = { now: fixtures.question.now, secondsLeft: 600, hold: view };
const json = (status: number, value: unknown): Response => Response.json(value, { status });

interface Call {
  readonly url: string;
  readonly init: RequestInit;
  header(name: string): string | null;
}

function fake(respond: (call: Call) => Response | Promise<Response>) {
  const calls: Call[] = [];
  const fetch: typeof globalThis.fetch = async (url, init = {}) => {
    const headers = new Headers(init.headers);
    const call = {
      url: url instanceof Request ? url.url : url.toString(),
      init,
      header: (name: string) => headers.get(name),
    };
    calls.push(call);
    return respond(call);
  };
  return { calls, door: payerDoor(client("https://pay.example/pay", fetch)) };
}

function bodyOf(call: Call | undefined): string {
  return typeof call?.init.body === "string" ? call.init.body : "";
}

describe("a call", () => {
  test("reads a hold with the token in a header and nowhere else, without cookies", async () => {
    const { calls, door } = fake(() => json(200, { result: { data: body } }));
    const { now, secondsLeft, holds } = await door.read("T0KEN", view.id);
    expect([now, secondsLeft, holds[0]?.amounts.held]).toEqual([Date.parse(body.now), 600, 65_000]);
    expect(calls[0]?.url).toBe(
      `https://pay.example/pay/plimsoll/trpc/widget.v1.hold?input=${encodeURIComponent(JSON.stringify({ hold: view.id }))}`,
    );
    expect(calls[0]?.header("authorization")).toBe("Bearer T0KEN");
    expect(calls[0]?.init.method).toBeUndefined();
    expect(calls[0]?.init.credentials).toBe("omit");
  });

  test("answers a question with an idempotency key and exactly what was shown", async () => {
    const { calls, door } = fake(() => json(200, { result: { data: { ...body, step: "s", replayed: false } } }));
    const input = { hold: view.id, question: "q", amount: 25_000, total: 90_000, version: 7 };
    await door.approve("t", "k-1", input);
    expect(calls[0]?.url).toBe("https://pay.example/pay/plimsoll/trpc/widget.v1.approve");
    expect(calls[0]?.header("idempotency-key")).toBe("k-1");
    expect(calls[0]?.header("content-type")).toBe("application/json");
    expect(JSON.parse(bodyOf(calls[0]))).toEqual(input);
  });

  test("says the BFF's own code and reference where it refuses", async () => {
    const plimsoll = { code: "stale_consent", message: "Look again.", reference: "PL-1" };
    const { door } = fake(() => json(409, { error: { message: "x", code: -32009, data: { plimsoll } } }));
    const failure = asFailure(await door.read("t", undefined).catch((error: unknown) => error));
    expect(failure).toEqual({ ...plimsoll, status: 409, passing: false });
  });

  test("tells what passes from what does not", async () => {
    const failures = [503, 429, 408, 401, 404].map(async (status) => {
      const { door } = fake(() => new Response("oh", { status }));
      return asFailure(await door.read("t", undefined).catch((error: unknown) => error)).passing;
    });
    expect(await Promise.all(failures)).toEqual([true, true, true, false, false]);
    const { door } = fake(() => Promise.reject(new TypeError("Failed to fetch")));
    expect(asFailure(await door.read("t", undefined).catch((error: unknown) => error)).code).toBe("network");
  });

  test("calls an answer of another form unreadable", async () => {
    const { door } = fake(() => json(200, { result: { data: { hold: 1 } } }));
    expect(asFailure(await door.read("t", undefined).catch((error: unknown) => error)).code).toBe("unreadable");
  });
});

describe("a stream", () => {
  test("resumes by header at a constant URL, and hands over what arrives", async () => {
    const text = `event: connected\ndata: {}\n\n\nevent: ping\ndata: \n\n\ndata: ${JSON.stringify(body)}\nid: v8\n\n\nevent: return\ndata: \n\n`;
    const { calls, door } = fake(() => new Response(text));
    const seen: string[] = [];
    await new Promise<void>((done) =>
      door.watch("t", "v7", {
        alive: () => seen.push("bytes"),
        message: ({ holds }, id) => seen.push(`${id} ${holds[0]?.amounts.held}`),
        ended: (thrown) => {
          seen.push(`ended ${String(thrown)}`);
          done();
        },
      }),
    );
    expect(seen).toEqual(["bytes", "v8 65000", "ended undefined"]);
    expect(calls[0]?.url).toBe("https://pay.example/pay/plimsoll/trpc/widget.v1.watch");
    expect(calls[0]?.header("last-event-id")).toBe("v7");
  });

  test("ends with the server's own code", async () => {
    const error = {
      message: "x",
      code: -32001,
      data: { httpStatus: 401, plimsoll: { code: "token_expired", message: "", reference: "" } },
    };
    const { door } = fake(() => new Response(`event: serialized-error\ndata: ${JSON.stringify(error)}\n\n`));
    const thrown = await new Promise((done) =>
      door.watch("t", undefined, { alive: () => {}, message: () => {}, ended: done }),
    );
    expect(asFailure(thrown)).toMatchObject({ code: "token_expired", status: 401, passing: false });
  });

  test("is cut off when nobody looks any more, without an error", async () => {
    let aborted = false;
    const { door } = fake(
      ({ init }) =>
        new Promise((_, refuse) =>
          init.signal?.addEventListener("abort", () => {
            aborted = true;
            refuse(new DOMException("", "AbortError"));
          }),
        ),
    );
    const ends: unknown[] = [];
    door.watch("t", undefined, { alive: () => {}, message: () => {}, ended: (thrown) => ends.push(thrown) })();
    await Promise.resolve();
    expect([aborted, ends]).toEqual([true, []]);
  });
});
