import { describe, expect, test } from "vitest";
import type { AttemptKind } from "../../hold/index.ts";
import { expectForbidden, freshStore, type Place } from "./place.ts";
import { next, NOON, sampleHold, sampleOperation, written } from "./samples.ts";

/** What is kept beside the holds: API keys, and which gateways are paused. */
export function outsideConformance(newPlace: () => Promise<Place>): void {
  const place = freshStore(newPlace);

  describe("API keys", () => {
    const desk = { id: "k1", merchant: "grand-hotel", mode: "test", name: "booking server" } as const;

    test("are found by their hash alone, also after a restart", async () => {
      await place.store.keys.add({ ...desk, hash: "hash-1", at: NOON });
      await place.reopen();
      expect(await place.store.keys.find("hash-1")).toEqual(desk);
      expect(await place.store.keys.find("hash-2")).toBeUndefined();
    });

    test("are listed without their hash, oldest first", async () => {
      await place.store.keys.add({ ...desk, id: "k2", hash: "hash-2", at: NOON + 1 });
      await place.store.keys.add({ ...desk, hash: "hash-1", at: NOON });
      expect(await place.store.keys.list()).toEqual([
        { ...desk, at: NOON, revokedAt: null },
        { ...desk, id: "k2", at: NOON + 1, revokedAt: null },
      ]);
    });

    test("once revoked are found no more, and the first revocation stands", async () => {
      await place.store.keys.add({ ...desk, hash: "hash-1", at: NOON });
      expect(await place.store.keys.revoke("k1", NOON + 5)).toBe(true);
      expect(await place.store.keys.revoke("k1", NOON + 9)).toBe(false);
      expect(await place.store.keys.revoke("k9", NOON + 9)).toBe(false);
      expect(await place.store.keys.find("hash-1")).toBeUndefined();
      expect(await place.store.keys.list()).toMatchObject([{ id: "k1", revokedAt: NOON + 5 }]);
    });

    test("two can't share a hash or an id", async () => {
      await place.store.keys.add({ ...desk, hash: "hash-1", at: NOON });
      await expect(place.store.keys.add({ ...desk, id: "k2", hash: "hash-1", at: NOON })).rejects.toThrow(Error);
      await expect(place.store.keys.add({ ...desk, hash: "hash-2", at: NOON })).rejects.toThrow(Error);
      expect(await place.store.keys.list()).toHaveLength(1);
    });
  });

  describe("a pause", () => {
    const pause = { gateway: "cybersource", mode: "test", by: "Ada", why: "their maintenance", at: NOON } as const;
    const paused = (hold: string) => place.store.commit({ hold }, (seen) => ({ result: seen.paused }));
    const order = { merchant: "grand-hotel", mode: "test", gateway: "cybersource", order: "stay 7" } as const;

    test("is kept with who paused and why, oldest first, until it is lifted", async () => {
      const second = { ...pause, mode: "live", at: NOON + 1 } as const;
      expect(await place.store.pauses.set(second)).toBe(true);
      expect(await place.store.pauses.set(pause)).toBe(true);
      await place.reopen();
      expect(await place.store.pauses.list()).toEqual([pause, second]);
      expect(await place.store.pauses.lift("cybersource", "test")).toBe(true);
      expect(await place.store.pauses.lift("cybersource", "test")).toBe(false);
      expect(await place.store.pauses.list()).toEqual([second]);
    });

    test("that comes second changes nothing: the first one stands", async () => {
      await place.store.pauses.set(pause);
      expect(await place.store.pauses.set({ ...pause, by: "Bo", at: NOON + 1 })).toBe(false);
      expect(await place.store.pauses.list()).toEqual([pause]);
    });

    test("is seen by every commit on a hold of that gateway and mode, and by no other", async () => {
      await place.opened("h1");
      await place.opened("live", sampleHold("live", { mode: "live" }));
      await place.opened("elsewhere", sampleHold("elsewhere", { gateway: "moneris" }));
      expect(await paused("h1")).toBe(false);
      await place.store.pauses.set(pause);
      expect(await Promise.all(["h1", "live", "elsewhere"].map(paused))).toEqual([true, false, false]);
      await place.store.pauses.lift("cybersource", "test");
      expect(await paused("h1")).toBe(false);
    });

    test("forbids to ask, ask again or undo, whatever a commit decides, and not to look", async () => {
      await place.opened("h1");
      await place.ask("h1", sampleOperation("o1"));
      await place.opened("h2");
      await place.store.pauses.set(pause);
      const attempt = (kind: AttemptKind) =>
        place.change("h1", (hold) =>
          written(undefined, next(hold), {
            events: [{ type: "attempted", operation: "o1", number: 2, kind, deadline: NOON + 90_000 }],
          }),
        );
      await expectForbidden(place.ask("h2", sampleOperation("o2")), "paused");
      await expectForbidden(attempt("ask"), "paused");
      await expectForbidden(attempt("undo"), "paused");
      await attempt("look");
      expect((await place.store.load("h1"))?.version).toBe(3);
      expect((await place.store.load("h2"))?.version).toBe(1);
    });

    test("is seen where a new hold names its order, and by a commit on what is due", async () => {
      const opening = (gateway: string) =>
        place.store.commit({ hold: "new", order: { ...order, gateway } }, (seen) => ({ result: seen.paused }));
      await place.store.commit({ hold: "h1" }, () => written(1, sampleHold("h1"), { wakeAt: NOON }));
      const due = () => place.store.commitDue(NOON, {}, (seen) => ({ result: seen.paused }));
      expect([await opening("cybersource"), await due()]).toEqual([false, { hold: "h1", result: false }]);
      await place.store.pauses.set(pause);
      expect([await opening("cybersource"), await due()]).toEqual([true, { hold: "h1", result: true }]);
      expect([await opening("moneris"), await paused("new")]).toEqual([false, false]);
    });
  });
}
