import type { CreateTableBuilder, Kysely, RawBuilder } from "kysely";
import type { Forbidden } from "./store.ts";

/** All in which one database differs from another. Everything else of the store is written once. */
export interface Engine {
  /** One process at a time has the database. */
  readonly exclusive: boolean;
  /** A select can lock the rows that it reads; false where a transaction has the database to itself. */
  readonly rowLocks: boolean;
  readonly ddl: Ddl;
  /** The names of all tables that are there, whoever made them. */
  readonly tables: RawBuilder<{ readonly name: string }>;
  /** A subselect with a row for each value: one parameter, however many they are. */
  rowsOf(values: Iterable<string>): RawBuilder<string>;
  /** Which of our rules a database's error speaks of; undefined where it is about something else. */
  rule(error: unknown): Forbidden["rule"] | undefined;
  /** Another transaction came between: done once more, the same work sees what that one did. */
  raced(error: unknown): boolean;
}

/** What the schema builder has no common word for. */
export interface Ddl {
  /** A column type for text, which is compared by its bytes. */
  readonly text: RawBuilder<unknown>;
  /** A column type for whole numbers up to 15 digits: amounts and instants. */
  readonly whole: RawBuilder<unknown>;
  /** The engine's strictest kind of table. */
  readonly strict: <Table extends string, Column extends string>(
    table: CreateTableBuilder<Table, Column>,
  ) => CreateTableBuilder<Table, Column>;
  /** From now on the database refuses to update or delete a row of this table. */
  appendOnly(db: Kysely<unknown>, table: string): Promise<void>;
  /** Until the transaction ends nobody else changes the schema. */
  alone<Database>(db: Kysely<Database>): Promise<void>;
  /** Whether this role may make tables. */
  allowed<Database>(db: Kysely<Database>): Promise<boolean>;
}
