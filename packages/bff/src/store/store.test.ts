import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe } from "vitest";
import { memoryStore } from "./memory-store.ts";
import { openStore } from "./open-store.ts";
import { conformance } from "./testing/conformance.ts";
import type { Place } from "./testing/place.ts";

describe.each([
  ["in SQLite", sqlitePlace],
  ["in plain memory", memoryPlace],
])("the store %s", (_, newPlace) => {
  conformance(newPlace);
});

async function sqlitePlace(): Promise<Place> {
  const folder = await mkdtemp(join(tmpdir(), "plimsoll-store-"));
  return {
    open: () => openStore({ file: join(folder, "plimsoll.db") }),
    remove: () => rm(folder, { recursive: true }),
  };
}

async function memoryPlace(): Promise<Place> {
  const store = memoryStore();
  return { open: async () => store, remove: async () => {} };
}
