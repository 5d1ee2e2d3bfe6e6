import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Changed, News, Store } from "../store.ts";
import { type Place, there } from "./place.ts";
import { next, NOON, sampleHold, written } from "./samples.ts";

/** What several processes on one database must find, each with a store of its own. */
export function sharingConformance(newPlace: () => Promise<Place>): void {
  let place: Place;
  let [one, other]: Store[] = [];
  const both = () => [there(one), there(other)] as const;

  beforeEach(async () => {
    place = await newPlace();
    [one, other] = [await place.open(), await place.open()];
  });

  afterEach(async () => {
    for (const store of both()) await store.close();
    await place.remove();
  });

  test("none has it alone", () => {
    expect(both().map((store) => store.exclusive)).toEqual([false, false]);
  });

  test("fifty commits at once on one hold come one after another, each seeing the one before", async () => {
    await there(one).commit({ hold: "h1" }, () => written(1, sampleHold("h1")));
    const add = (store: Store) =>
      store.commit({ hold: "h1" }, ({ hold }) =>
        written(undefined, next(there(hold), { movedAt: there(hold).movedAt + 1 })),
      );
    await Promise.all(Array.from({ length: 25 }, () => both().map(add)).flat());
    expect(await there(other).load("h1")).toMatchObject({ version: 51, movedAt: NOON + 50 });
  });

  describe("of two at once", () => {
    const open = (store: Store, hold: string, value = "check-in") =>
      store.commit({ hold, key: { scope: "grand-hotel/secret/open", value } }, (seen) =>
        seen.key
          ? { result: seen.key.hold }
          : written(hold, sampleHold(hold), { key: { digest: "sha256", hold, entry: "e" } }),
      );

    test("with one key on two new holds, one is opened and the other one sees that", async () => {
      for (let round = 0; round < 20; round += 1) {
        const names = [`a${round}`, `b${round}`] as const;
        const [first, second] = both();
        const [opened, seen] = await Promise.all([
          open(first, names[0], `check-in ${round}`),
          open(second, names[1], `check-in ${round}`),
        ]);
        expect(seen).toBe(opened);
        expect([...(await first.versions(names)).keys()]).toEqual([opened]);
      }
    });

    test("on one new hold, one makes it and the other one sees it", async () => {
      const made = await Promise.all(both().map((store) => open(store, "h1")));
      expect(made).toEqual(["h1", "h1"]);
      expect(await there(one).history("h1")).toHaveLength(1);
    });

    test("that take what is due, none is taken twice", async () => {
      const ids = Array.from({ length: 40 }, (_, index) => `h${index}`);
      for (const hold of ids) await there(one).commit({ hold }, () => written(1, sampleHold(hold), { wakeAt: NOON }));
      const taken: string[] = [];
      const take = async (store: Store) => {
        const due = () => store.commitDue(NOON, {}, ({ hold }) => written(1, next(there(hold))));
        for (let found = await due(); found; found = await due()) taken.push(found.hold);
      };
      await Promise.all(both().map(take));
      expect(taken.toSorted()).toEqual(ids.toSorted());
    });
  });

  describe("news", () => {
    const changed: Changed = { hold: "h1", version: 7, merchant: "grand-hotel", mode: "test" };

    test("of one reach the others, and not itself", async () => {
      const [ours, theirs] = [newsOf(one), newsOf(other)];
      const told: Changed[] = [];
      ours.hear((changes) => told.push(...changes));
      const heard = new Promise<readonly Changed[]>((resolve) => theirs.hear(resolve));
      const back = new Promise<readonly Changed[]>((resolve) => ours.hear(resolve));
      ours.tell(changed);
      expect(await heard).toEqual([changed]);
      theirs.tell({ ...changed, version: 8 });
      expect(await back).toEqual([{ ...changed, version: 8 }]);
      expect(told).toEqual([{ ...changed, version: 8 }]);
    });
  });
}

function newsOf(store: Store | undefined): News {
  return there(there(store).news ?? undefined);
}
