import type { PostgresCursor, PostgresPool, PostgresPoolClient, PostgresQueryResult } from "kysely";
import { trouble } from "./postgres-errors.ts";
import { StoreUnavailable } from "./store.ts";

/**
 * The pool, in which whatever keeps the database from being used is thrown as StoreUnavailable. A connection that was
 * lost is thrown away, and one to a server that takes no writes too: after a failover that may be the former primary,
 * and the next connection is made to the new one.
 */
export function carefulPool(pool: PostgresPool): PostgresPool {
  return {
    options: pool.options,
    async connect() {
      try {
        return new CarefulClient(await pool.connect());
      } catch (error) {
        throw new StoreUnavailable("gone", true, { cause: error });
      }
    },
    end: () => pool.end(),
  };
}

class CarefulClient implements PostgresPoolClient {
  readonly #client: PostgresPoolClient;
  #inTransaction = false;
  #unfit = false;

  constructor(client: PostgresPoolClient) {
    this.#client = client;
  }

  query<R>(sql: string, parameters: readonly unknown[]): Promise<PostgresQueryResult<R>>;
  query<R>(cursor: PostgresCursor<R>): PostgresCursor<R>;
  query<R>(
    asked: string | PostgresCursor<R>,
    parameters: readonly unknown[] = [],
  ): Promise<PostgresQueryResult<R>> | PostgresCursor<R> {
    if (typeof asked !== "string") throw new TypeError("the store reads no cursors");
    return this.#query<R>(asked, parameters);
  }

  release(destroy = false): void {
    this.#client.release(destroy || this.#unfit);
  }

  async #query<R>(sql: string, parameters: readonly unknown[]): Promise<PostgresQueryResult<R>> {
    const verb = sql.slice(0, 8).toLowerCase();
    // The server rolls back what it is no longer connected to; asked on a lost connection, this would hide what happened.
    if (this.#unfit && verb === "rollback") return { command: "ROLLBACK", rowCount: 0, rows: [] };
    try {
      const result = await this.#client.query<R>(sql, parameters);
      if (verb.startsWith("begin")) this.#inTransaction = true;
      if (verb === "commit" || verb === "rollback") this.#inTransaction = false;
      return result;
    } catch (error) {
      const why = trouble(error);
      if (why === undefined) throw error;
      this.#unfit ||= why === "gone" || why === "read_only";
      throw new StoreUnavailable(why, this.#isCertain(verb, why), { cause: error });
    }
  }

  /** That nothing was written: before COMMIT was sent, of what only looks, and where the server itself has refused. */
  #isCertain(verb: string, why: StoreUnavailable["why"]): boolean {
    if (verb === "commit") return false;
    return this.#inTransaction || why !== "gone" || verb.startsWith("select") || verb.startsWith("begin");
  }
}
