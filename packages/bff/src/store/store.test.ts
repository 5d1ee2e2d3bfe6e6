import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe } from "vitest";
import { memoryBooks } from "./testing/memory-books.ts";
import { memoryStore } from "./testing/memory-store.ts";
import { openStore } from "./open-store.ts";
import { conformance } from "./testing/conformance.ts";
import { freshDatabase } from "./testing/fresh-database.ts";
import type { Place } from "./testing/place.ts";
import { sharingConformance } from "./testing/sharing-conformance.ts";

describe.each([
  ["in SQLite", sqlitePlace],
  ["in plain memory", memoryPlace],
])("the store %s", (_, newPlace) => {
  conformance(newPlace);
});

describe.each([
  ["in PostgreSQL", postgresPlace({})],
  ["in PostgreSQL, no two uses of a connection after each other", postgresPlace({ uses: 1 })],
])("the store %s", (_, newPlace) => {
  conformance(newPlace);
  describe("with other processes", () => {
    sharingConformance(newPlace);
  });
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

function postgresPlace(options: { readonly uses?: number }): () => Promise<Place> {
  return async () => {
    const url = await freshDatabase();
    return { open: () => openStore({ postgres: { url, connections: 4, ...options } }), remove: async () => {} };
  };
}
