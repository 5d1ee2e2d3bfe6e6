import { createServer } from "node:http";
import type { RequestListener } from "node:http";

export interface Listening {
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Serves on 127.0.0.1 only: an imitated gateway has a published secret and a control door without a password.
 * @param port 0 takes a free one
 */
export async function listenOnLoopback(listener: RequestListener, port: number): Promise<Listening> {
  const server = createServer(listener);
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => {
      server.off("error", reject);
      resolve();
    });
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the sandbox needs a TCP port");
  return {
    url: `http://127.0.0.1:${address.port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
