import { describe, expect, test } from "vitest";
import type { Event } from "../../hold/index.ts";
import { freshStore, type Place, there } from "./place.ts";
import { FRONT_DESK, next, NOON, sampleHold, sampleOperation, written } from "./samples.ts";

/** What is found again: history, what waits, open holds, API keys. */
export function readingConformance(newPlace: () => Promise<Place>): void {
  const place = freshStore(newPlace);

  describe("history", () => {
    test("says of each event when it was, who did it and what caused it, numbered from one without a gap", async () => {
      const hold = sampleHold("h1");
      const events: Event[] = [
        { type: "opened", terms: hold.terms, ceiling: null },
        { type: "entered", entry: there(hold.entries[0]) },
      ];
      await place.store.commit({ hold: "h1" }, () =>
        written(1, { ...hold, version: 2 }, { events, actor: FRONT_DESK, cause: "open" }),
      );
      await place.change("h1", (now) => written(undefined, next(now), { at: NOON + 1, cause: "clock" }));
      await place.opened("h2");
      await place.reopen();
      expect(await place.store.history("h1")).toEqual([
        { seq: 1, at: NOON, actor: FRONT_DESK, cause: "open", event: events[0] },
        { seq: 2, at: NOON, actor: FRONT_DESK, cause: "open", event: events[1] },
        { seq: 3, at: NOON + 1, actor: null, cause: "clock", event: { type: "hinted" } },
      ]);
    });

    test("of a commit without events does not grow", async () => {
      await place.opened("h1");
      await place.change("h1", (hold) => written(undefined, next(hold, {}, 0), { events: [], wakeAt: NOON }));
      expect(await place.store.history("h1")).toHaveLength(1);
      expect(await place.store.load("h1")).toEqual(sampleHold("h1"));
      expect(await place.store.nextWake()).toBe(NOON);
    });
  });

  describe("what a gateway names", () => {
    const namer = { gateway: "cybersource", mode: "test", payee: "grand_hotel_mid" } as const;
    const paid = (id: string, payment: string) => place.opened(id, { ...sampleHold(id), references: { payment } });

    test("is found by the payment's id, of this payee alone", async () => {
      await paid("h1", "p1");
      await paid("h2", "p2");
      expect(await place.store.named(namer, { payment: "p2" })).toEqual({ hold: "h2", operation: null });
      expect(await place.store.named({ ...namer, payee: "another" }, { payment: "p2" })).toBeUndefined();
      expect(await place.store.named({ ...namer, mode: "live" }, { payment: "p2" })).toBeUndefined();
      expect(await place.store.named({ ...namer, gateway: "moneris" }, { payment: "p2" })).toBeUndefined();
      expect(await place.store.named(namer, { payment: "p3" })).toBeUndefined();
    });

    test("is found by our own reference of an operation, also of one that has ended", async () => {
      await place.opened("h1");
      const dinner = sampleOperation("dinner");
      await place.ask("h1", dinner);
      const named = { hold: "h1", operation: { operation: "dinner", entry: "dinner.entry" } };
      expect(await place.store.named(namer, { reference: "ref-dinner" })).toEqual(named);
      await place.end("h1", dinner);
      expect(await place.store.named(namer, { reference: "ref-dinner" })).toEqual(named);
      expect(await place.store.named({ ...namer, payee: "another" }, { reference: "ref-dinner" })).toBeUndefined();
      expect(await place.store.named(namer, { reference: "ref-lunch" })).toBeUndefined();
    });
  });

  describe("what waits", () => {
    const openedTo = (id: string, wakeAt: number | null) =>
      place.store.commit({ hold: id }, () => written(undefined, sampleHold(id), { wakeAt }));

    test("is due when its time has come, the longest waiting first, as many as asked for", async () => {
      await openedTo("h3", NOON + 30);
      await openedTo("h1", NOON + 10);
      await openedTo("h4", NOON + 40);
      await openedTo("h2", NOON + 20);
      await openedTo("rests", null);
      expect(await place.store.due(NOON + 9, 10)).toEqual([]);
      expect(await place.store.due(NOON + 30, 10)).toEqual(["h1", "h2", "h3"]);
      expect(await place.store.due(NOON + 30, 2)).toEqual(["h1", "h2"]);
      expect(await place.store.nextWake()).toBe(NOON + 10);
    });

    test("is no longer due where a commit sets another time, or none", async () => {
      await openedTo("h1", NOON);
      expect(await place.store.nextWake()).toBe(NOON);
      await place.change("h1", (hold) => written(undefined, next(hold), { wakeAt: NOON + 99 }));
      expect(await place.store.due(NOON + 98, 10)).toEqual([]);
      await place.change("h1", (hold) => written(undefined, next(hold)));
      expect(await place.store.nextWake()).toBeNull();
      expect(await place.store.due(Number.MAX_SAFE_INTEGER, 10)).toEqual([]);
    });
  });

  test("a merchant's open holds come oldest first, of one mode, without the ended ones", async () => {
    await place.opened("h2", sampleHold("h2", { openedAt: NOON + 1 }));
    await place.opened("h1");
    await place.opened("h3", sampleHold("h3", { openedAt: NOON + 2 }));
    await place.opened("ended");
    await place.change("ended", (hold) => written(undefined, next(hold, { endedAt: NOON })));
    await place.opened("live", sampleHold("live", { mode: "live" }));
    await place.opened("elsewhere", sampleHold("elsewhere", { merchant: "other-hotel" }));
    const ids = async (limit: number) =>
      (await place.store.openHolds("grand-hotel", "test", limit)).map((hold) => hold.terms.id);
    expect(await ids(10)).toEqual(["h1", "h2", "h3"]);
    expect(await ids(2)).toEqual(["h1", "h2"]);
  });

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
}
