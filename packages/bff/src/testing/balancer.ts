import { once } from "node:events";
import { connect, createServer, type Server, type Socket } from "node:net";
import type { AddressInfo } from "node:net";

/** A plain TCP balancer: each connection goes to the next server that takes one, and ends with it. */
export class Balancer {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  #port = 0;

  static async start(ports: readonly number[]): Promise<Balancer> {
    const balancer = new Balancer(ports);
    await balancer.reopen();
    balancer.#port = (balancer.#server.address() as AddressInfo).port;
    return balancer;
  }

  private constructor(ports: readonly number[]) {
    let turn = 0;
    this.#server = createServer((client) => {
      turn += 1;
      this.#carry(
        client,
        ports.map((_, index) => ports[(index + turn) % ports.length] ?? 0),
      );
    });
  }

  get port(): number {
    return this.#port;
  }

  /** Cuts every connection and takes no more. */
  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((resolve) => void this.#server.close(resolve));
  }

  /** Takes connections again, at the same port. */
  async reopen(): Promise<void> {
    await once(this.#server.listen(this.#port, "127.0.0.1"), "listening");
  }

  #carry(client: Socket, [port, ...others]: readonly number[]): void {
    this.#kept(client);
    if (port === undefined) return void client.destroy();
    const server = this.#kept(connect(port, "127.0.0.1"));
    const refused = () => this.#carry(client, others);
    server.once("error", refused);
    server.once("connect", () => {
      server.off("error", refused);
      for (const [one, other] of [
        [client, server],
        [server, client],
      ] as const) {
        one.pipe(other);
        one.once("close", () => other.destroy());
      }
    });
  }

  /** An error is followed by the end of the connection, which is what the other side is told. */
  #kept(socket: Socket): Socket {
    if (this.#sockets.has(socket)) return socket;
    this.#sockets.add(socket);
    socket.on("error", () => {});
    socket.once("close", () => this.#sockets.delete(socket));
    return socket;
  }
}
