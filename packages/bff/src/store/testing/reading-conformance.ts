import { beforeEach, describe, expect, test } from "vitest";
import type { Event, HoldId } from "../../hold/index.ts";
import { type Life, UnreadableRow } from "../store.ts";
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

  describe("a hold whose row can't be read", () => {
    const left: HoldId[] = [];
    const openIds = async () => (await place.store.openHolds("grand-hotel", "test", 10)).map(({ terms }) => terms.id);

    beforeEach(async () => {
      left.length = 0;
      for (const id of ["h1", "h2", "h3"]) await place.opened(id);
      await place.damage("h2");
      place.store.hearUnreadable((hold, error) => {
        expect(error).toBeInstanceOf(UnreadableRow);
        left.push(hold);
      });
    });

    test("is left out of a merchant's open holds, which is told of once", async () => {
      expect([await openIds(), await openIds()]).toEqual([
        ["h1", "h3"],
        ["h1", "h3"],
      ]);
      expect(left).toEqual(["h2"]);
    });

    test("is named among its account's, and can't be loaded", async () => {
      const lived = { account: "grand-hotel-usd", from: NOON, until: NOON + 1 };
      const page = await place.store.holdsOf(lived, null, 10);
      expect(page).toEqual(["h1", "h2", "h3"].map((hold) => ({ hold, endedAt: null })));
      await expect(place.store.load("h2")).rejects.toThrow(UnreadableRow);
    });
  });

  describe("an account's holds that lived in a span", () => {
    const lived = { account: "grand-hotel-usd", from: NOON + 10, until: NOON + 20 };
    const end = (id: string, at: number) => place.change(id, (hold) => written(undefined, next(hold, { endedAt: at })));
    const paged = async (limit: number): Promise<string[]> => {
      const ids: string[] = [];
      for (let after: Life | null = null; ;) {
        const page: Life[] = await place.store.holdsOf(lived, after, limit);
        ids.push(...page.map(({ hold }) => hold));
        after = page.at(-1) ?? null;
        if (!after) return ids;
      }
    };

    test("are those that have not ended, then the others by their end, page by page", async () => {
      await place.opened("h2");
      await place.opened("h1");
      await place.opened("h5", sampleHold("h5", { openedAt: NOON + 20 }));
      for (const [id, at] of [
        ["h3", NOON + 30],
        ["h4", NOON + 10],
        ["h6", NOON + 9],
        ["h7", NOON + 10],
      ] as const) {
        await place.opened(id);
        await end(id, at);
      }
      await place.opened("elsewhere", sampleHold("elsewhere", { account: "other" }));
      for (const limit of [1, 2, 3, 10]) expect(await paged(limit)).toEqual(["h1", "h2", "h4", "h7", "h3"]);
    });

    test("miss none that ends meanwhile", async () => {
      for (const id of ["h1", "h2"]) await place.opened(id);
      const [first] = await place.store.holdsOf(lived, null, 1);
      await end("h2", NOON + 15);
      expect((await place.store.holdsOf(lived, first ?? null, 1)).map(({ hold }) => hold)).toEqual(["h2"]);
    });
  });

  describe("versions", () => {
    test("are those of the holds that are named and there", async () => {
      await place.opened("h1");
      await place.opened("h2");
      await place.change("h2", (hold) => written(undefined, next(hold)));
      expect(await place.store.versions(["h2", "h1", "none"])).toEqual(
        new Map([
          ["h1", 1],
          ["h2", 2],
        ]),
      );
      expect(await place.store.versions([])).toEqual(new Map());
    });

    test("of a desk are those of the merchant's open holds, oldest first, as many as asked for", async () => {
      await place.opened("h2", sampleHold("h2", { openedAt: NOON + 1 }));
      await place.opened("h1");
      await place.opened("ended");
      await place.change("ended", (hold) => written(undefined, next(hold, { endedAt: NOON })));
      await place.opened("live", sampleHold("live", { mode: "live" }));
      const desk = async (limit: number) => [...(await place.store.deskVersions("grand-hotel", "test", limit))];
      expect(await desk(10)).toEqual([
        ["h1", 1],
        ["h2", 1],
      ]);
      expect(await desk(1)).toEqual([["h1", 1]]);
    });
  });
}
