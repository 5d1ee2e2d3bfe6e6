import { memoryStore } from "../../store/testing/memory-store.ts";
import type { Store } from "../../store/store.ts";
import { bookGateway, type BookGateway } from "../../testing/book-gateway.ts";
import { ManualClock } from "../../testing/manual-clock.ts";
import { Process } from "./process.ts";

export interface Scene {
  readonly clock: ManualClock;
  readonly gateway: BookGateway;
  readonly store: Store;
  readonly process: Process;
}

/** One process that has not started, on an empty store, and a gateway with an empty book. */
export function newScene(): Scene {
  const clock = new ManualClock();
  const gateway = bookGateway(clock.now);
  const store = memoryStore();
  return { clock, gateway, store, process: new Process({ store, clock, gateway }) };
}
