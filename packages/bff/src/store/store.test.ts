import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe } from "vitest";
import { memoryBooks } from "./memory-books.ts";
import { memoryStore } from "./memory-store.ts";
import { openStore } from "./open-store.ts";
import { conformance } from "./testing/conformance.ts";
import type { Place } from "./testing/place.ts";
import { sharingConformance } from "./testing/sharing-conformance.ts";

describe.each([
  ["in SQLite", sqlitePlace],
  ["in plain memory", memoryPlace],
])("the store %s", (_, newPlace) => {
  conformance(newPlace);
});

describe("stores on the same books in plain memory", () => {
  sharingConformance(sharedMemoryPlace);
});

async function sqlitePlace(): Promise<Place> {
  const folder = await mkdtemp(join(tmpdir(), "plimsoll-store-"));
  return {
    open: () => openStore({ file: join(folder, "plimsoll.db") }),
    remove: () => rm(folder, { recursive: true }),
  };
}

async function memoryPlace(): Promise<Place> {
  const books = memoryBooks();
  return { open: async () => memoryStore({ books }), remove: async () => {} };
}

async function sharedMemoryPlace(): Promise<Place> {
  const books = memoryBooks();
  return { open: async () => memoryStore({ books, exclusive: false }), remove: async () => {} };
}
