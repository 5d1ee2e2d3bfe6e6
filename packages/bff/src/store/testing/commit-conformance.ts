import { describe, expect, test } from "vitest";
import { PAYMENT, type Seen } from "../store.ts";
import { expectForbidden, freshStore, type Place, there } from "./place.ts";
import { asking, next, NOON, sampleHold, sampleOperation, written } from "./samples.ts";

/** A commit is whole or nothing, sees what it must see, and what must never be is forbidden. */
export function commitConformance(newPlace: () => Promise<Place>): void {
  const place = freshStore(newPlace);

  describe("a commit", () => {
    test("sees no hold before the first one, and afterwards the hold as it was written", async () => {
      const seen: Seen[] = [];
      const hold = sampleHold("h1");
      const look = (now: Seen) => {
        seen.push(now);
        return now.hold ? { result: "seen" } : written("opened", hold);
      };
      expect(await place.store.commit({ hold: "h1" }, look)).toBe("opened");
      expect(await place.store.commit({ hold: "h1" }, look)).toBe("seen");
      expect(seen.map((now) => now.hold)).toEqual([undefined, hold]);
      expect(await place.store.load("h1")).toEqual(hold);
      expect(await place.store.load("h2")).toBeUndefined();
    });

    test("that only looks writes nothing", async () => {
      await place.opened("h1");
      await place.store.commit({ hold: "h1" }, () => ({ result: "looked" }));
      expect((await place.store.load("h1"))?.version).toBe(1);
      expect(await place.store.history("h1")).toHaveLength(1);
    });

    test("whose change throws writes nothing, and the throw reaches the caller", async () => {
      await place.opened("h1");
      const thrown = place.store.commit({ hold: "h1" }, () => {
        throw new RangeError("refused by a rule");
      });
      await expect(thrown).rejects.toThrow(new RangeError("refused by a rule"));
      await place.opened("h2");
      expect((await place.store.load("h1"))?.version).toBe(1);
    });

    test("that the database forbids writes nothing at all: no state, no event, no request, no use of its key", async () => {
      const first = sampleOperation("o1");
      await place.opened("h1");
      await place.ask("h1", first);
      const twice = sampleOperation("o2", { reference: first.reference });
      const key = { scope: "merchant/increment", value: "k1" };
      const forbidden = place.store.commit({ hold: "h2", key }, () => {
        const { result, write } = asking({ ...sampleHold("h2"), version: 0 }, twice);
        return { result, write: { ...there(write), key: { digest: "d", hold: "h2", entry: "e" } } };
      });
      await expectForbidden(forbidden, "unique_reference");
      expect(await place.store.load("h2")).toBeUndefined();
      expect(await place.store.history("h2")).toEqual([]);
      expect(await place.store.request("o2")).toBeUndefined();
      expect(await place.store.commit({ hold: "h2", key }, (seen) => ({ result: seen.key }))).toBeUndefined();
    });

    test("made from an older version is forbidden, and what came between stays", async () => {
      const stale = await place.opened("h1");
      await place.change("h1", (hold) => written(undefined, next(hold, { hintAt: NOON })));
      await expectForbidden(
        place.change("h1", () => written(undefined, next(stale, { hintAt: null }))),
        "version",
      );
      expect(await place.store.load("h1")).toMatchObject({ version: 2, hintAt: NOON });
    });

    test("whose version is not what its events make of it is forbidden", async () => {
      await place.opened("h1");
      await expectForbidden(
        place.change("h1", (hold) => written(undefined, next(next(hold)))),
        "version",
      );
    });

    test("that writes another hold than its target's is a fault", async () => {
      await expect(place.store.commit({ hold: "h1" }, () => written(1, sampleHold("h2")))).rejects.toThrow(TypeError);
      expect(await place.store.load("h2")).toBeUndefined();
    });

    test("fifty at once on one hold come one after another, each seeing the one before", async () => {
      await place.opened("h1");
      const add = () => place.change("h1", (hold) => written(undefined, next(hold, { movedAt: hold.movedAt + 1 })));
      await Promise.all(Array.from({ length: 50 }, add));
      expect(await place.store.load("h1")).toMatchObject({ version: 51, movedAt: NOON + 50 });
      expect((await place.store.history("h1")).map((recorded) => recorded.seq)).toEqual(
        Array.from({ length: 51 }, (_, i) => i + 1),
      );
    });
  });

  describe("an idempotency key", () => {
    const key = { scope: "grand-hotel/secret/increment", value: "dinner" };
    const use = { digest: "sha256 of the body", hold: "h1", entry: "h1.e2" };
    const useIt = (at = { hold: "h1", key }) =>
      place.store.commit(at, (seen) =>
        seen.key ? { result: seen.key } : written(undefined, sampleHold("h1"), { key: use }),
      );

    test("is seen by whoever comes with it later, also after a restart", async () => {
      expect(await useIt()).toBeUndefined();
      expect(await useIt()).toEqual(use);
      await place.reopen();
      expect(await useIt()).toEqual(use);
    });

    test("is seen from another hold, and not under another scope or value", async () => {
      await useIt();
      const lookup = (scope: string, value: string) =>
        place.store.commit({ hold: "h2", key: { scope, value } }, (seen) => ({ result: seen.key }));
      expect(await lookup(key.scope, key.value)).toEqual(use);
      expect(await lookup(key.scope, "breakfast")).toBeUndefined();
      expect(await lookup("other-hotel/secret/increment", key.value)).toBeUndefined();
    });

    test("of two at once, one uses it and the other one sees that", async () => {
      const both = await Promise.all([useIt(), useIt()]);
      expect(both).toHaveLength(2);
      expect(both).toContain(undefined);
      expect(both).toContainEqual(use);
      expect(await place.store.history("h1")).toHaveLength(1);
    });

    test("can't be put to a second use", async () => {
      await useIt();
      const again = place.store.commit({ hold: "h2", key }, () =>
        written(1, sampleHold("h2"), { key: { ...use, hold: "h2" } }),
      );
      await expectForbidden(again, "used_key");
      expect(await place.store.load("h2")).toBeUndefined();
    });

    test("is not used up where nothing was written", async () => {
      await place.store.commit({ hold: "h1", key }, () => ({ result: "refused" }));
      expect(await useIt()).toBeUndefined();
    });
  });

  describe("holds of the same order", () => {
    const order = { merchant: "grand-hotel", mode: "test", gateway: "cybersource", order: "stay 7" } as const;
    const sameOrder = (hold: string) =>
      place.store.commit({ hold, order }, (seen) => ({ result: seen.sameOrder.map((other) => other.terms.id) }));

    test("are shown oldest first: not the hold itself, no ended one, none of another merchant, mode or order", async () => {
      await place.opened("late", sampleHold("late", { order: "stay 7", openedAt: NOON + 1 }));
      await place.opened("early", sampleHold("early", { order: "stay 7" }));
      await place.opened("ended", { ...sampleHold("ended", { order: "stay 7" }), endedAt: NOON });
      await place.opened("live", sampleHold("live", { order: "stay 7", mode: "live" }));
      await place.opened("elsewhere", sampleHold("elsewhere", { order: "stay 7", merchant: "other-hotel" }));
      await place.opened("other", sampleHold("other", { order: "stay 8" }));
      expect(await sameOrder("new")).toEqual(["early", "late"]);
      expect(await sameOrder("early")).toEqual(["late"]);
    });

    test("are not looked up where the target names no order", async () => {
      await place.opened("h1", sampleHold("h1", { order: "stay 7" }));
      expect(await place.store.commit({ hold: "h2" }, (seen) => ({ result: seen.sameOrder }))).toEqual([]);
    });
  });

  describe("a gateway's payment", () => {
    const paid = (id: string, account: string) => ({
      ...sampleHold(id, { account }),
      references: { [PAYMENT]: "pay-1" },
    });

    test("belongs to one hold of a payee, whichever account it came by", async () => {
      await place.opened("h1", paid("h1", "usd"));
      await expectForbidden(place.opened("h2", paid("h2", "usd")), "unique_payment");
      await expectForbidden(place.opened("h2", paid("h2", "eur")), "unique_payment");
      const elsewhere = paid("h3", "usd");
      await place.opened("h3", { ...elsewhere, terms: { ...elsewhere.terms, payee: "another_mid" } });
      expect(await place.store.load("h2")).toBeUndefined();
    });

    test("is guarded also where its id becomes known later, and kept over the hold's later commits", async () => {
      await place.opened("h1", paid("h1", "usd"));
      await place.opened("h2", sampleHold("h2", { account: "usd" }));
      await expectForbidden(
        place.change("h2", (hold) => written(undefined, next(hold, { references: { [PAYMENT]: "pay-1" } }))),
        "unique_payment",
      );
      await place.change("h1", (hold) => written(undefined, next(hold)));
      expect((await place.store.load("h2"))?.references).toEqual({});
    });
  });
}
