import { AsyncLocalStorage } from "node:async_hooks";
import type { Gateway } from "../../../src/gateways/port.ts";
import type { Send, WireRequest } from "../../../src/gateways/wire-client.ts";
import type { Change, Seen, Store } from "../../../src/store/store.ts";
import type { Boundary, Said, Signal } from "../contract.ts";
import { nameOfCall, nameOfWrite } from "./names.ts";

/**
 * The parts of a process by which it touches the world outside, its database and its gateway, so that it can be killed
 * at each of these touches: before one begins, and after it has ended but before anybody in the process hears of it.
 */
export class Mortal {
  readonly #say: (said: Said) => void;
  readonly #calls = new AsyncLocalStorage<string>();
  #armed: { readonly boundary: Boundary; readonly signal: Signal } | null = null;

  constructor(say: (said: Said) => void) {
    this.#say = say;
  }

  arm(boundary: Boundary, signal: Signal = "SIGKILL"): void {
    this.#armed = { boundary, signal };
  }

  store(store: Store): Store {
    return {
      ...store,
      commit: (target, change) => this.#write((watched) => store.commit(target, watched(change))),
      commitDue: (now, except, change) => this.#write((watched) => store.commitDue(now, except, watched(change))),
    };
  }

  gateway(gateway: Gateway): Gateway {
    const undo = gateway.undo?.bind(gateway);
    return {
      ...gateway,
      ask: (attempt) => this.#calls.run(`asks ${attempt.order.kind}`, () => gateway.ask(attempt)),
      find: (order, signal) => this.#calls.run(`looks for ${order.kind}`, () => gateway.find(order, signal)),
      read: (payment, signal) => this.#calls.run("reads", () => gateway.read(payment, signal)),
      ...(undo && { undo: (order, signal) => this.#calls.run(`undoes ${order.kind}`, () => undo(order, signal)) }),
    };
  }

  send(send: Send): Send {
    return async (request: WireRequest, signal) => {
      const name = nameOfCall(this.#calls.getStore() ?? "", request);
      this.#pass({ name, side: "before" });
      const result = await send(request, signal);
      this.#pass({ name, side: "after" });
      return result;
    };
  }

  /** What is being written is known only within the transaction: nothing of it is durable there. */
  async #write<T>(
    commit: (watched: <R>(change: (seen: Seen) => Change<R>) => (seen: Seen) => Change<R>) => Promise<T>,
  ): Promise<T> {
    let name: string | undefined;
    const result = await commit((change) => (seen) => {
      const changed = change(seen);
      name = changed.write && nameOfWrite(seen.hold, changed.write);
      if (name !== undefined) this.#pass({ name, side: "before" });
      return changed;
    });
    if (name !== undefined) this.#pass({ name, side: "after" });
    return result;
  }

  #pass(boundary: Boundary): void {
    if (this.#armed?.boundary.name === boundary.name && this.#armed.boundary.side === boundary.side) {
      const { signal } = this.#armed;
      this.#armed = null;
      process.kill(process.pid, signal);
    }
    this.#say({ says: "passed", boundary });
  }
}
