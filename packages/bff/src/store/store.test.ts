import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe } from "vitest";
import { damage, memoryBooks, type MemoryBooks } from "./testing/memory-books.ts";
import { memoryStore } from "./testing/memory-store.ts";
import { openStore } from "./open-store.ts";
import { conformance } from "./testing/conformance.ts";
import { freshDatabase } from "./testing/fresh-database.ts";
import type { Place } from "./testing/place.ts";
import { onServer } from "./testing/postgres-server.ts";
import { sharingConformance } from "./testing/sharing-conformance.ts";
import { TABLES } from "./testing/tables.ts";

/** What the next version may add while processes of this one still run. */
const GROWN = [
  ...TABLES.map(
    (table) => `alter table ${table} add column later text, add column later_still bigint not null default 0`,
  ),
  "create index holds_later on holds (later)",
  "create table later (hold text not null references holds (id))",
];

describe.each([
  ["in SQLite", sqlitePlace],
  ["in plain memory", memoryPlace],
])("the store %s", (_, newPlace) => {
  conformance(newPlace);
});

describe.each([
  ["in PostgreSQL", postgresPlace({})],
  ["in PostgreSQL, no two uses of a connection after each other", postgresPlace({ uses: 1 })],
  ["in PostgreSQL, beside processes of the next version", postgresPlace({}, GROWN)],
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
  const file = join(folder, "plimsoll.db");
  return {
    open: () => openStore({ file }),
    damage: async (id) => {
      const database = new DatabaseSync(file);
      database.prepare("update holds set state = '{' where id = ?").run(id);
      database.close();
    },
    remove: () => rm(folder, { recursive: true }),
  };
}

async function memoryPlace(): Promise<Place> {
  const books = memoryBooks();
  return { ...placeOf(books), open: async () => memoryStore({ books }) };
}

async function sharedMemoryPlace(): Promise<Place> {
  const books = memoryBooks();
  return { ...placeOf(books), open: async () => memoryStore({ books, exclusive: false }) };
}

function placeOf(books: MemoryBooks): Omit<Place, "open"> {
  return { damage: async (id) => damage(books, id), remove: async () => {} };
}

function postgresPlace(options: { readonly uses?: number }, grown: readonly string[] = []): () => Promise<Place> {
  return async () => {
    const url = await freshDatabase();
    const open = () => openStore({ postgres: { url, connections: 4, ...options } });
    if (grown.length > 0) {
      await (await open()).close();
      await onServer(url, ...grown);
    }
    return {
      open,
      damage: (id) => onServer(url, `update holds set state = '{' where id = '${id}'`),
      remove: async () => {},
    };
  };
}
