import { afterEach, beforeEach, expect } from "vitest";
import type { Hold, HoldId, Operation } from "../../hold/index.ts";
import type { Change, Forbidden, Store } from "../store.ts";
import { asking, next, NOON, sampleHold, written } from "./samples.ts";

/** Where an engine keeps its data. Opening it again finds what was committed. */
export interface Place {
  open(): Promise<Store>;
  /** What is stored of this hold is damaged, while nobody has it open. */
  damage(id: HoldId): Promise<void>;
  remove(): Promise<void>;
}

/** A store in a new place for each test, and what the tests do with it over and over. */
export function freshStore(newPlace: () => Promise<Place>) {
  let place: Place;
  let store: Store;

  beforeEach(async () => {
    place = await newPlace();
    store = await place.open();
  });

  afterEach(async () => {
    await store.close();
    await place.remove();
  });

  /** Commits what follows from the hold as it is stored. */
  const change = (id: HoldId, make: (hold: Hold) => Change<void>): Promise<void> =>
    store.commit({ hold: id }, ({ hold }) => make(there(hold)));

  return {
    get store(): Store {
      return store;
    },
    async reopen(): Promise<void> {
      await store.close();
      store = await place.open();
    },
    async damage(id: HoldId): Promise<void> {
      await store.close();
      await place.damage(id);
      store = await place.open();
    },
    opened: (id: HoldId, hold: Hold = sampleHold(id)): Promise<Hold> =>
      store.commit({ hold: id }, () => written(hold, hold)),
    change,
    ask: (id: HoldId, operation: Operation, sealed: string | null = null): Promise<void> =>
      change(id, (hold) => asking(hold, operation, sealed)),
    end: (id: HoldId, operation: Operation): Promise<void> =>
      change(id, (hold) => {
        const operations = hold.operations.filter((other) => other.id !== operation.id);
        return written(undefined, next(hold, { operations }));
      }),
    park: (id: HoldId, operation: Operation): Promise<void> =>
      change(id, (hold) => {
        const parked = (other: Operation) => (other.id === operation.id ? { ...other, parkedAt: NOON } : other);
        const events = [{ type: "parked", operation: operation.id } as const];
        return written(undefined, next(hold, { operations: hold.operations.map(parked) }), { events });
      }),
  };
}

export async function expectForbidden(commit: Promise<unknown>, rule: Forbidden["rule"]): Promise<void> {
  await expect(commit).rejects.toMatchObject({ name: "Forbidden", rule });
}

export function there<T>(value: T | undefined): T {
  if (value === undefined) throw new Error("expected something to be there");
  return value;
}
