import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { TestProject } from "vitest/node";
import { startPostgres, type Postgres } from "./postgres-server.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** Where a test asks for a database of its own. */
    readonly postgresDoor: string;
  }
}

/** One PostgreSQL for a whole run of Vitest, started when the first test asks for a database. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  let postgres: Promise<Postgres> | undefined;
  const door = createServer(async (_request, response) => {
    try {
      postgres ??= startPostgres();
      response.end(await (await postgres).newDatabase());
    } catch (error) {
      response.writeHead(500).end(String(error));
    }
  });
  project.provide("postgresDoor", `http://127.0.0.1:${await portOf(door)}`);
  return async () => {
    door.close();
    await (await postgres)?.stop();
  };
}

function portOf(door: Server): Promise<number> {
  return new Promise((resolve) => {
    door.listen(0, "127.0.0.1", () => resolve((door.address() as AddressInfo).port));
  });
}
