import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { dataOf, refusalOf, World, type Answer } from "./testing/harness.ts";
import { KEYLESS, mutations, preparations, type Asked } from "./testing/mutations.ts";

/*
 * What a key promises at every door, for every mutation that the router has: one that is added without a row here, or a
 * reason why it needs none, fails.
 */

const YEAR = 366 * 86_400_000;

let world: World;
beforeEach(async () => {
  world = await World.start();
  world.gateway.can = { reverseIncrement: "any", extension: true };
});
afterEach(() => world.stop());

const nameOf = (path: string) => path.split(".").at(-1) ?? "";

test("every mutation is tried, or takes no key for a reason", () => {
  expect(mutations.length).toBeGreaterThan(20);
  expect(mutations.filter((path) => preparations[nameOf(path)] === undefined)).toEqual(Object.keys(KEYLESS));
});

describe.each(mutations.filter((path) => KEYLESS[path] === undefined))("%s", (path) => {
  let asked: Asked;
  let hold: string | null;
  beforeEach(async () => {
    asked = (await preparations[nameOf(path)]?.(world)) ?? { hold: null, input: {}, refused: {} };
    ({ hold } = asked);
  });

  /** The credential of this door, as it is renewed: a browser's names the hold. */
  async function credential(): Promise<{ token?: string }> {
    if (path.startsWith("merchant.")) return {};
    const about = hold ?? "";
    return {
      token: await (path.startsWith("widget.") ? world.payerToken(about) : world.deskToken({ holds: [about] })),
    };
  }

  async function ask(input: object, idempotency: string | null = "k"): Promise<Answer> {
    return world.call(path, input, { ...(await credential()), idempotency });
  }

  async function effects(): Promise<string> {
    return JSON.stringify([await world.state(), hold === null ? [] : await world.store.history(hold)]);
  }

  test("without a key, or with one that is too long, is not taken", async () => {
    const before = await effects();
    for (const idempotency of [null, "", "x".repeat(201)]) {
      const answer = await ask(asked.input, idempotency);
      expect([answer.status, refusalOf(answer).code]).toEqual([400, "key_required"]);
    }
    expect(await effects()).toBe(before);
  });

  test("a refusal uses up no key; once it is used, the same request changes nothing and another is a conflict", async () => {
    const before = await effects();
    expect(refusalOf(await ask(asked.refused)).code).not.toMatch(/^key_/);
    expect(await effects()).toBe(before);
    const first = markOf(await ask(asked.input));
    expect(first.replayed).toBe(false);
    const after = await effects();
    expect(markOf(await ask(asked.input))).toEqual({ ...first, replayed: true });
    const spelledOtherwise = Object.fromEntries(Object.entries(asked.input).toReversed());
    const other = await ask(spelledOtherwise);
    expect([other.status, refusalOf(other).code]).toEqual([409, "key_conflict"]);
    expect(await effects()).toBe(after);
  });

  test("many at once with one key take effect once", async () => {
    const marks = (await Promise.all(Array.from({ length: 4 }, () => ask(asked.input)))).map(markOf);
    expect(marks.filter(({ replayed }) => !replayed)).toHaveLength(1);
    expect(new Set(marks.map(({ hold: id, step }) => `${id} ${step}`)).size).toBe(1);
  });

  test("its key is known for as long as the hold is: a year after its end the same request is the same step", async () => {
    const first = markOf(await ask(asked.input));
    hold ??= first.hold;
    await world.call("merchant.v1.reverse", { hold: first.hold });
    await world.until(first.hold, ({ endedAt }) => endedAt !== null);
    world.clock.passes(YEAR);
    const after = await effects();
    expect(markOf(await ask(asked.input))).toEqual({ ...first, replayed: true });
    expect(await effects()).toBe(after);
  });
});

interface Mark {
  readonly hold: string;
  /** Undefined where a mutation makes no step. */
  readonly step: string | undefined;
  readonly replayed: boolean;
}

function markOf(answer: Answer): Mark {
  const { hold, step, replayed } = dataOf(answer) as { hold: { id: string }; step?: string; replayed: boolean };
  return { hold: hold.id, step, replayed };
}
