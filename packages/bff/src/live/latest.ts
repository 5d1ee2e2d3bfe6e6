import type { Clock } from "../clock.ts";
import type { Hold, HoldId, Instant } from "../hold/index.ts";

/** What has changed since it was last taken: of each hold only the newest, however many changes there were. */
export interface Latest {
  hear(hold: Hold): void;
  /** The viewer has this already. */
  has(hold: Hold): void;
  /** The newest of what was heard and not yet taken; undefined once it is over. */
  take(): Promise<readonly Hold[] | undefined>;
  close(): void;
}

/** Over at an instant, or when the viewer leaves. */
export function createLatest(clock: Clock, ends: Instant, signal: AbortSignal): Latest {
  const heard = new Map<HoldId, Hold>();
  /** Two commits may be told of in the wrong order: what is older than what was heard is no news. */
  const newest = new Map<HoldId, number>();
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
      const { id } = hold.terms;
      if ((newest.get(id) ?? 0) >= hold.version) return;
      newest.set(id, hold.version);
      heard.set(id, hold);
      wake();
    },
    has(hold) {
      const { id } = hold.terms;
      if ((newest.get(id) ?? 0) > hold.version) return;
      newest.set(id, hold.version);
      heard.delete(id);
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
