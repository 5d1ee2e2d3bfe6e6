import { delta } from "@plimsoll/shared";
import { describe, expect, test } from "vitest";
import type { Event } from "../../hold/index.ts";
import { expectForbidden, freshStore, type Place, there } from "./place.ts";
import { asking, next, NOON, sampleHold, sampleOperation, sampleRequest, written } from "./samples.ts";

/** One unfinished operation a hold, written with its request before anything is asked. */
export function operationConformance(newPlace: () => Promise<Place>): void {
  const place = freshStore(newPlace);

  describe("operations", () => {
    test("one unfinished operation a hold: a second is forbidden until the first has its end", async () => {
      await place.opened("h1");
      const [first, second] = [sampleOperation("o1"), sampleOperation("o2")];
      await place.ask("h1", first);
      await expectForbidden(place.ask("h1", second), "one_operation");
      await place.end("h1", first);
      await place.ask("h1", second);
      expect((await place.store.load("h1"))?.operations.map((operation) => operation.id)).toEqual(["o2"]);
    });

    test("an outcome and the next operation share a commit", async () => {
      await place.opened("h1");
      const [first, second] = [sampleOperation("o1"), sampleOperation("o2")];
      await place.ask("h1", first);
      await place.change("h1", (hold) => asking({ ...hold, operations: [] }, second));
      expect(await place.store.unfinished()).toEqual(["h1"]);
      await expectForbidden(place.ask("h1", sampleOperation("o3")), "one_operation");
    });

    test("a parked one makes room for another, and still has no end", async () => {
      await place.opened("h1");
      const [first, second] = [sampleOperation("o1"), sampleOperation("o2")];
      await place.ask("h1", first);
      await place.park("h1", first);
      await place.ask("h1", second);
      await place.end("h1", second);
      expect(await place.store.unfinished()).toEqual(["h1"]);
      await place.end("h1", first);
      expect(await place.store.unfinished()).toEqual([]);
    });

    test("a capture that parks the one in doubt begins in the same commit", async () => {
      await place.opened("h1");
      const [doubtful, capture] = [sampleOperation("o1"), sampleOperation("o2", { kind: "capture" })];
      await place.ask("h1", doubtful);
      await place.change("h1", (hold) => {
        const after = next(hold, { operations: [{ ...doubtful, parkedAt: NOON }, capture] }, 2);
        const events: Event[] = [
          { type: "parked", operation: doubtful.id },
          { type: "asked", operation: capture },
        ];
        return written(undefined, after, { events, requests: [sampleRequest(hold, capture)] });
      });
      expect((await place.store.request("o2"))?.order.kind).toBe("capture");
      await expectForbidden(place.ask("h1", sampleOperation("o3")), "one_operation");
    });

    test("of two holds don't stand in each other's way", async () => {
      await place.opened("h2");
      await place.opened("h1");
      await place.ask("h2", sampleOperation("o2"));
      await place.ask("h1", sampleOperation("o1"));
      expect(await place.store.unfinished()).toEqual(["h1", "h2"]);
    });

    test.each(["reference", "key"] as const)(
      "a %s is used once in all, also after the operation's end",
      async (field) => {
        const first = sampleOperation("o1");
        await place.opened("h1");
        await place.opened("h2");
        await place.ask("h1", first);
        await place.end("h1", first);
        await expectForbidden(place.ask("h2", sampleOperation("o2", { [field]: first[field] })), "unique_reference");
      },
    );

    test.each(["delta", "totalBefore", "totalAfter"] as const)("a negative %s is never asked for", async (field) => {
      await place.opened("h1");
      await expectForbidden(place.ask("h1", { ...sampleOperation("o1"), [field]: delta(-1) }), "amounts");
      expect(await place.store.unfinished()).toEqual([]);
    });

    test("none begins without its request, and no request comes without its operation", async () => {
      const operation = sampleOperation("o1");
      await place.opened("h1");
      const asked: Event[] = [{ type: "asked", operation }];
      await expect(place.change("h1", (hold) => written(undefined, next(hold), { events: asked }))).rejects.toThrow(
        TypeError,
      );
      const requests = [sampleRequest(sampleHold("h1"), operation)];
      await expect(place.change("h1", (hold) => written(undefined, next(hold), { requests }))).rejects.toThrow(
        TypeError,
      );
      expect(await place.store.request("o1")).toBeUndefined();
    });
  });

  test("in doubt is found by its hold's account until it has an end, the longest in doubt first", async () => {
    const doubted = (id: string, at: number) =>
      place.change(id, (hold) => {
        const operations = hold.operations.map((operation) => ({ ...operation, doubtSince: at }));
        return written(undefined, next(hold, { operations }));
      });
    for (const id of ["h1", "h2", "h3"]) {
      await place.opened(id, sampleHold(id, { account: id === "h3" ? "other" : "cards" }));
      await place.ask(id, sampleOperation(`${id}.o`));
    }
    expect(await place.store.inDoubt("cards")).toEqual([]);
    await doubted("h1", NOON + 2);
    await doubted("h2", NOON + 1);
    await doubted("h3", NOON);
    expect(await place.store.inDoubt("cards")).toEqual(["h2", "h1"]);
    await place.park("h2", sampleOperation("h2.o"));
    expect(await place.store.inDoubt("cards")).toEqual(["h2", "h1"]);
    await place.end("h2", sampleOperation("h2.o"));
    expect(await place.store.inDoubt("cards")).toEqual(["h1"]);
    await place.reopen();
    expect(await place.store.inDoubt("other")).toEqual(["h3"]);
  });

  describe("a request", () => {
    test("comes back in the very bytes in which it was written, after a restart too", async () => {
      const hold = await place.opened("h1");
      const operation = sampleOperation("o1");
      await place.ask("h1", operation);
      const before = await place.store.request("o1");
      expect(before).toEqual(sampleRequest(next(hold), operation));
      await place.reopen();
      const after = await place.store.request("o1");
      expect(Buffer.from(there(after).written.body)).toEqual(Buffer.from(there(before).written.body));
      expect(after).toEqual(before);
      expect(await place.store.request("o2")).toBeUndefined();
    });

    test("keeps the payer's sealed token while its operation has no end, parked or not, and loses it then", async () => {
      const operation = sampleOperation("o1");
      await place.opened("h1");
      await place.ask("h1", operation, "sealed-token");
      await place.park("h1", operation);
      expect((await place.store.request("o1"))?.sealed).toBe("sealed-token");
      await place.end("h1", operation);
      expect((await place.store.request("o1"))?.sealed).toBeNull();
      expect((await place.store.request("o1"))?.written.body).toContain("{{payment-token}}");
    });
  });
}
