import type { Clock } from "../clock.ts";
import type { Hold, HoldId, Instant } from "../hold/index.ts";

/** What has changed since it was last taken: of each hold only the newest, however many changes there were. */
export interface Latest {
  hear(hold: Hold): void;
  /** The newest of what was heard and not yet taken; undefined once it is over. */
  take(): Promise<readonly Hold[] | undefined>;
  close(): void;
}

/** Over at an instant, or when the viewer leaves. */
export function createLatest(clock: Clock, ends: Instant, signal: AbortSignal): Latest {
  const heard = new Map<HoldId, Hold>();
  let wake = (): void => {};
  let over = signal.aborted;
  const end = (): void => {
    over = true;
    wake();
  };
  const cancel = clock.after(Math.max(0, ends - clock.now()), end);
  signal.addEventListener("abort", end, { once: true });

  return {
    hear(hold) {
      const before = heard.get(hold.terms.id);
      if (!before || before.version < hold.version) heard.set(hold.terms.id, hold);
      wake();
    },
    async take() {
      if (heard.size === 0 && !over) await new Promise<void>((resolve) => void (wake = resolve));
      if (over) return undefined;
      const taken = [...heard.values()];
      heard.clear();
      return taken;
    },
    close() {
      cancel();
      signal.removeEventListener("abort", end);
    },
  };
}
