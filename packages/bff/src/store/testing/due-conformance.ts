import { describe, expect, test } from "vitest";
import type { HoldId } from "../../hold/index.ts";
import { DueFailed, Forbidden } from "../store.ts";
import { freshStore, type Place, there } from "./place.ts";
import { next, NOON, sampleHold, written } from "./samples.ts";

/** Timers are data: the hold that has been due for longest comes first. */
export function dueConformance(newPlace: () => Promise<Place>): void {
  const place = freshStore(newPlace);

  const openedTo = (id: string, wakeAt: number | null) =>
    place.store.commit({ hold: id }, () => written(undefined, sampleHold(id), { wakeAt }));
  const due = async (now: number, ...except: HoldId[]) =>
    (await place.store.commitDue(now, { holds: new Set(except) }, () => ({ result: null })))?.hold;
  const sleepsUntil = (now: number, wakeAt: number | null) =>
    place.store.commitDue(now, {}, ({ hold }) => written("set", next(there(hold)), { wakeAt }));

  describe("what waits", () => {
    test("is due when its time has come, the longest waiting first", async () => {
      await openedTo("h2", NOON + 20);
      await openedTo("h1", NOON + 10);
      await openedTo("h1b", NOON + 10);
      await openedTo("rests", null);
      expect(await due(NOON + 9)).toBeUndefined();
      expect(await due(NOON + 10)).toBe("h1");
      expect(await due(NOON + 30)).toBe("h1");
      expect(await place.store.nextWake()).toBe(NOON + 10);
    });

    test("for the same time comes in the order of its id's bytes, whatever language the database speaks", async () => {
      await openedTo("a", NOON);
      await openedTo("B", NOON);
      expect([await due(NOON), await due(NOON, "B")]).toEqual(["B", "a"]);
    });

    test("is passed over where it is excepted, however many are", async () => {
      const stuck = Array.from({ length: 120 }, (_, index) => `stuck-${index}`);
      for (const id of stuck) await openedTo(id, NOON);
      await openedTo("lively", NOON + 1);
      expect(await due(NOON + 1, ...stuck)).toBe("lively");
      expect(await due(NOON + 1, ...stuck, "lively")).toBeUndefined();
    });

    test("is passed over where its account is excepted, and wakes nobody", async () => {
      const leaves = (id: string, account: string, wakeAt: number | null) =>
        place.store.commit({ hold: id }, () => written(undefined, sampleHold(id, { account }), { wakeAt }));
      await leaves("h1", "b", NOON);
      await leaves("h2", "a", NOON + 1);
      await leaves("h3", "b", NOON + 2);
      await leaves("rests", "c", null);
      expect(await place.store.awaitedAccounts()).toEqual(["a", "b"]);
      const except = { holds: new Set(["h9"]), accounts: new Set(["b", "c"]) };
      expect(await place.store.nextWake(except)).toBe(NOON + 1);
      const passing = () => place.store.commitDue(NOON + 2, except, () => ({ result: null }));
      expect(await passing()).toMatchObject({ hold: "h2" });
      expect(await place.store.nextWake({ accounts: new Set(["a", "b"]) })).toBeNull();
    });

    test("is no longer due where the commit on it sets another time, or none", async () => {
      await openedTo("h1", NOON);
      expect(await sleepsUntil(NOON, NOON + 99)).toEqual({ hold: "h1", result: "set" });
      expect(await place.store.nextWake()).toBe(NOON + 99);
      expect(await due(NOON + 98)).toBeUndefined();
      await sleepsUntil(NOON + 99, null);
      expect(await place.store.nextWake()).toBeNull();
      expect(await due(Number.MAX_SAFE_INTEGER)).toBeUndefined();
      expect(await place.store.load("h1")).toMatchObject({ version: 3 });
      expect(await place.store.history("h1")).toHaveLength(3);
    });

    test("and goes wrong is named, and nothing of it is written", async () => {
      await openedTo("h1", NOON);
      const thrown = new RangeError("refused by a rule");
      const failing = place.store.commitDue(NOON, {}, () => {
        throw thrown;
      });
      const failed = await failing.catch((error: unknown) => error);
      expect(failed).toBeInstanceOf(DueFailed);
      expect(failed).toMatchObject({ hold: "h1", cause: thrown });
      const stale = place.store.commitDue(NOON, {}, () => written(1, sampleHold("h1")));
      expect(await stale.catch((error: unknown) => error)).toMatchObject({
        hold: "h1",
        cause: new Forbidden("version"),
      });
      expect(await place.store.history("h1")).toHaveLength(1);
      expect(await due(NOON)).toBe("h1");
    });
  });
}
