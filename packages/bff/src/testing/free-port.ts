import { randomInt } from "node:crypto";
import { createServer } from "node:net";

/** Two that are asked for at once are two. */
const given = new Set<number>();

/**
 * For a process that stops and starts again on one port. Below the ports that systems give to outgoing connections: one
 * of those could take it in between.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(20_000, 32_000);
    if (given.has(port)) continue;
    given.add(port);
    if (await isFree(port)) return port;
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen(port, "127.0.0.1", () => server.close(() => resolve(true)));
  });
}
