import type { Express } from "express";
import type { Environment } from "./environment.ts";

/** Serves the site to this machine until it is told to stop. */
export function listen(app: Express, { port, origin }: Environment, name: string): void {
  const server = app.listen(port, "127.0.0.1", () => console.log(`${name} ${origin}`));
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => {
      server.close();
      server.closeAllConnections();
    });
  }
}
