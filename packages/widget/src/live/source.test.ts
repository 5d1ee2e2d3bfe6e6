import { describe, expect, test } from "vitest";
import { Failed, failureOf } from "./failure.ts";
import type { Message } from "./decode.ts";
import { Source, type Berth, type Door, type StreamEvents } from "./source.ts";
import { manualClock, settled } from "./testing/clock.ts";
import { fetchedTokens, fixedToken, type Tokens } from "./tokens.ts";

interface View {
  readonly id: string;
  readonly version: number;
}

/** A door whose streams and answers a test moves by hand. */
function world({ tokens = fixedToken("t1"), secondsLeft = 600 }: { tokens?: Tokens; secondsLeft?: number } = {}) {
  const clock = manualClock();
  const log: string[] = [];
  const streams: (StreamEvents<View> & {
    readonly lastId: string | undefined;
    readonly token: string;
    stopped: boolean;
  })[] = [];
  let version = 1;
  let refusal: (() => unknown) | undefined;
  const message = (): Message<View> => ({ now: clock.now() + 5000, secondsLeft, holds: [{ id: "h", version }] });
  const door: Door<View> = {
    read: async (token) => {
      log.push(`read ${token}`);
      const refused = refusal?.();
      if (refused) throw refused;
      return message();
    },
    watch: (token, lastId, on) => {
      const stream = { ...on, token, lastId, stopped: false };
      streams.push(stream);
      log.push(`stream ${token} ${lastId ?? "-"}`);
      return () => {
        stream.stopped = true;
      };
    },
  };
  let berths = 1;
  const berth: Berth = { take: () => berths > 0, leave: () => {} };
  const source = new Source(door, tokens, clock, berth);
  const seen: number[] = [];
  const states: string[] = [];
  const viewer = {
    hold: undefined,
    message: ({ holds }: Message<View>) => seen.push(...holds.map((hold) => hold.version)),
    connection: ({ state }: { state: string }) => states.push(state),
  };
  return {
    clock,
    log,
    streams,
    source,
    seen,
    states,
    viewer,
    message,
    refuse: (refused: (() => unknown) | undefined) => (refusal = refused),
    noBerth: () => (berths = 0),
    newer: (to: number) => (version = to),
    last: () => {
      const stream = streams.at(-1);
      if (!stream) throw new Error("no stream was opened");
      return stream;
    },
    async start() {
      source.add(viewer);
      await settled();
    },
  };
}

const failed = (status: number) => new Failed(failureOf(status, undefined));

describe("a source", () => {
  test("paints from a read before it streams, and is live with the first byte", async () => {
    const w = world();
    await w.start();
    expect(w.log).toEqual(["read t1", "stream t1 -"]);
    expect(w.seen).toEqual([1]);
    expect(w.source.connection.state).toBe("connecting");
    w.last().alive();
    expect(w.source.connection).toMatchObject({ state: "live", confirmed: w.clock.now() + 5000 });
  });

  test("shows nothing of a break that heals within a second, and resumes by the last id", async () => {
    const w = world();
    await w.start();
    w.last().alive();
    w.last().message(w.message(), "v9");
    w.last().ended(undefined);
    await w.clock.passing(500);
    expect(w.log.at(-1)).toBe("stream t1 v9");
    w.last().alive();
    await w.clock.passing(2000);
    expect(w.states).toEqual(["connecting", "live"]);
  });

  test("is stale a second after a break, and backs off up to thirty seconds with jitter", async () => {
    const w = world();
    await w.start();
    w.last().alive();
    w.refuse(() => failed(503));
    w.last().ended(new Error("network"));
    await w.clock.passing(1000);
    expect(w.states.at(-1)).toBe("stale");
    await w.clock.passing(120_000);
    // 0.5, 1, 2, 4, 8, 16, then every 30 seconds.
    expect(w.log.filter((line) => line === "read t1")).toHaveLength(1 + 8);
    w.refuse(undefined);
    while (w.streams.length === 1) await w.clock.passing(1000);
    w.last().alive();
    expect(w.states.at(-1)).toBe("live");
  });

  test("is not live after forty seconds without a byte", async () => {
    const w = world();
    await w.start();
    w.last().alive();
    await w.clock.passing(39_000);
    w.last().alive();
    await w.clock.passing(39_999);
    expect(w.source.connection.state).toBe("live");
    const confirmed = w.source.connection.confirmed;
    await w.clock.passing(1);
    expect(w.source.connection).toMatchObject({ state: "stale", confirmed });
  });

  test("polls every five seconds after two streams in a row brought nothing", async () => {
    const w = world();
    await w.start();
    await w.clock.passing(12_000);
    expect(w.log).toEqual(["read t1", "stream t1 -", "stream t1 -"]);
    expect(w.source.connection.state).toBe("polling");
    w.newer(2);
    await w.clock.passing(10_000);
    expect(w.log.slice(3)).toEqual(["read t1", "read t1"]);
    expect(w.seen.at(-1)).toBe(2);
    expect(w.streams.every((stream) => stream.stopped)).toBe(true);
  });

  test("polls where there is no place for one more stream, and takes a place that becomes free", async () => {
    const w = world();
    w.noBerth();
    await w.start();
    expect(w.source.connection.state).toBe("polling");
    await w.clock.passing(5000);
    expect(w.log).toEqual(["read t1", "read t1"]);
  });

  test("renews the token a minute before it ends, opening the new stream before the old one is stopped", async () => {
    let number = 0;
    const w = world({ tokens: fetchedTokens(() => Promise.resolve(`t${++number}`)) });
    await w.start();
    w.last().alive();
    const keepAlive = async (seconds: number) => {
      for (let i = 0; i < seconds; i += 15) {
        await w.clock.passing(15_000);
        w.last().alive();
      }
    };
    await keepAlive(525);
    expect(number).toBe(1);
    await w.clock.passing(15_000);
    expect(w.log.at(-1)).toBe("stream t2 -");
    const [old, fresh] = w.streams;
    expect(old?.stopped).toBe(false);
    fresh?.alive();
    expect(old?.stopped).toBe(true);
    expect(w.states).toEqual(["connecting", "live"]);
  });

  test("does not renew while hidden, but at once when shown again", async () => {
    let number = 0;
    const w = world({ tokens: fetchedTokens(() => Promise.resolve(`t${++number}`)), secondsLeft: 70 });
    await w.start();
    w.last().alive();
    w.source.visibility(true);
    await w.clock.passing(36_000);
    expect(number).toBe(1);
    w.source.visibility(false);
    await settled();
    expect(w.source.connection.state).toBe("connecting");
  });

  test("asks once for another token after a 401, and gives up at the second", async () => {
    let number = 0;
    const w = world({ tokens: fetchedTokens(() => Promise.resolve(`t${++number}`)) });
    w.refuse(() => failed(401));
    await w.start();
    await w.clock.passing(60_000);
    expect(w.log).toEqual(["read t1", "read t2"]);
    expect(w.source.connection).toMatchObject({ state: "failed", failure: { status: 401 } });
  });

  test("does not try again what will not pass", async () => {
    const w = world();
    w.refuse(() => failed(404));
    await w.start();
    await w.clock.passing(60_000);
    expect(w.log).toEqual(["read t1"]);
    expect(w.clock.waiting).toBe(0);
  });

  test("closes fifteen seconds after it was hidden, and reads before it streams when shown", async () => {
    const w = world();
    await w.start();
    w.last().alive();
    w.source.visibility(true);
    await w.clock.passing(14_999);
    expect(w.last().stopped).toBe(false);
    await w.clock.passing(1);
    expect(w.last().stopped).toBe(true);
    w.source.visibility(false);
    await settled();
    expect(w.log.slice(2)).toEqual(["read t1", "stream t1 -"]);
  });

  test("lets go of its socket when the page leaves, and comes back with a read", async () => {
    const w = world();
    await w.start();
    w.last().alive();
    w.source.leave();
    expect(w.last().stopped).toBe(true);
    expect(w.clock.waiting).toBe(0);
    w.source.back();
    await settled();
    expect(w.log.slice(2)).toEqual(["read t1", "stream t1 -"]);
  });

  test("serves all who look with one stream, and stops with the last", async () => {
    const w = world();
    await w.start();
    w.last().alive();
    const second = { ...w.viewer };
    w.source.add(second);
    await settled();
    expect(w.streams).toHaveLength(1);
    expect(w.source.remove(second)).toBe(true);
    expect(w.last().stopped).toBe(false);
    expect(w.source.remove(w.viewer)).toBe(false);
    expect(w.last().stopped).toBe(true);
    expect(w.clock.waiting).toBe(0);
  });

  test("drops what an earlier connection answers late", async () => {
    const w = world();
    await w.start();
    const old = w.last();
    await w.source.refresh();
    old.message(w.message(), "late");
    old.ended(new Error("late"));
    expect(w.seen).toEqual([1, 1]);
  });
});
