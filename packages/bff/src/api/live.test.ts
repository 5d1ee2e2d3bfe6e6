import { payerAnswer, staffUpdate, type PayerAnswer, type StaffUpdate } from "@plimsoll/shared";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { HOTEL, refusalOf, World } from "./testing/harness.ts";
import { Stream } from "./testing/sse.ts";

let world: World;
let hold: string;
const streams: Stream[] = [];
beforeEach(async () => {
  world = await World.start();
  hold = (await world.open()).id;
});
afterEach(async () => {
  streams.splice(0).forEach((stream) => stream.close());
  await world.stop();
});

async function watch(token: string, last?: string, door = "widget"): Promise<Stream> {
  const headers = {
    authorization: `Bearer ${token}`,
    origin: HOTEL,
    ...(last === undefined ? {} : { "last-event-id": last }),
  };
  const stream = await Stream.open(world.url(`trpc/${door}.v1.watch`), headers);
  streams.push(stream);
  return stream;
}

async function payerMessage(stream: Stream): Promise<PayerAnswer & { readonly eventId: string }> {
  const message = await stream.message();
  return { ...payerAnswer.strict().parse(message?.data), eventId: message?.id ?? "" };
}

async function deskMessage(stream: Stream): Promise<StaffUpdate> {
  return staffUpdate.strict().parse((await stream.message())?.data);
}

const raise = (id: string, amount: number) =>
  world.call("merchant.v1.increment", { hold: id, amount, currency: "USD" });

/** Messages until the hold has come to rest at this amount. */
async function heldComesTo(stream: Stream, held: number): Promise<PayerAnswer & { readonly eventId: string }> {
  for (;;) {
    const message = await payerMessage(stream);
    if (message.hold.amounts.held === held && message.hold.amounts.pending === 0) return message;
  }
}

test("a viewer gets the hold as it stands, then each change, with a version that rises", async () => {
  const stream = await watch(await world.payerToken(hold));
  const first = await payerMessage(stream);
  expect(first).toMatchObject({
    secondsLeft: 600,
    now: "2026-05-01T12:00:00.000Z",
    hold: { amounts: { held: 400_00 } },
  });
  await raise(hold, 50_00);
  const later = await heldComesTo(stream, 450_00);
  expect(later.hold.version).toBeGreaterThan(first.hold.version);
  expect(later.eventId).toBe(String(later.hold.version));
});

test("what lies between neither stores nor holds back a stream", async () => {
  const { headers } = await watch(await world.payerToken(hold));
  expect(headers.get("content-type")).toBe("text/event-stream");
  expect(headers.get("cache-control")).toBe("no-store, no-transform");
  expect(headers.get("x-accel-buffering")).toBe("no");
  expect(headers.get("access-control-allow-origin")).toBe(HOTEL);
});

test("a viewer that comes back with what it has gets nothing until something changes", async () => {
  const token = await world.payerToken(hold);
  const { eventId } = await payerMessage(await watch(token));
  const stream = await watch(token, eventId);
  await raise(hold, 50_00);
  expect((await payerMessage(stream)).hold.version).toBeGreaterThan(Number(eventId));
});

test("a viewer that comes back after changes gets only the newest state", async () => {
  const token = await world.payerToken(hold);
  const { eventId } = await payerMessage(await watch(token));
  await raise(hold, 50_00);
  await raise(hold, 20_00);
  expect((await payerMessage(await watch(token, eventId))).hold.amounts.held).toBe(470_00);
});

test("two holds of one payer come on one stream; the id carries both versions", async () => {
  const other = (await world.open(100_00)).id;
  const token = await world.payerToken(hold, other);
  const stream = await watch(token);
  const [first, second] = [await payerMessage(stream), await payerMessage(stream)];
  expect([first.hold.id, second.hold.id]).toEqual([hold, other]);
  expect(second.eventId).toBe(`${first.hold.version}.${second.hold.version}`);
  const back = await watch(token, second.eventId);
  await raise(other, 5_00);
  expect((await payerMessage(back)).hold.id).toBe(other);
});

test.each(["nonsense", "1.2.3", "-1", "", "1e400", "99.99"])("a last id of '%s' is as good as none", async (last) => {
  const stream = await watch(await world.payerToken(hold), last);
  expect((await payerMessage(stream)).hold.amounts.held).toBe(400_00);
});

test("a desk gets all its open holds, then each change, new holds and ends included", async () => {
  await world.open(70_00, {}, world.keys.other);
  const stream = await watch(await world.deskToken(), undefined, "console");
  const first = await deskMessage(stream);
  expect([first.complete, first.holds.map(({ id }) => id)]).toEqual([true, [hold]]);
  const fresh = (await world.open(100_00)).id;
  expect(await deskMessage(stream)).toMatchObject({ complete: false, holds: [{ id: fresh }] });
  await world.call("merchant.v1.capture", { hold, amount: 400_00, currency: "USD" });
  for (;;) {
    const { holds } = await deskMessage(stream);
    if (holds.some(({ id, lifecycle }) => id === hold && lifecycle === "captured")) break;
  }
});

test("a stream ends when its token expires", async () => {
  const stream = await watch(await world.payerToken(hold));
  await payerMessage(stream);
  world.clock.passes(600_000);
  expect((await stream.next())?.event).toBe("return");
  expect(await stream.next()).toBeUndefined();
});

test("a stream ends when the service stops", async () => {
  const stream = await watch(await world.deskToken(), undefined, "console");
  await deskMessage(stream);
  await world.drain();
  expect((await stream.next())?.event).toBe("return");
});

test("five streams a token; a sixth is refused until one of them ends", async () => {
  const token = await world.payerToken(hold);
  for (let nth = 1; nth <= 5; nth += 1) await payerMessage(await watch(token));
  const sixth = await world.call("widget.v1.watch", undefined, { token });
  expect([sixth.status, refusalOf(sixth).code]).toEqual([429, "too_many_streams"]);
  streams.shift()?.close();
  // The place is free once the server has seen the connection end.
  const again = async (tries: number): Promise<Stream> =>
    watch(token).catch((error: unknown) => {
      if (tries === 0) throw error;
      return again(tries - 1);
    });
  expect((await payerMessage(await again(100))).hold.id).toBe(hold);
});

test("a stream says every 15 seconds that it lives", async () => {
  const token = await world.payerToken(hold);
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  try {
    const stream = await watch(token);
    expect((await stream.next())?.event).toBe("connected");
    await payerMessage(stream);
    await vi.advanceTimersByTimeAsync(14_900);
    const next = stream.next();
    await vi.advanceTimersByTimeAsync(200);
    expect((await next)?.event).toBe("ping");
  } finally {
    vi.useRealTimers();
  }
});
