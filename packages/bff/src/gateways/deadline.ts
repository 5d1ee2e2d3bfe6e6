import type { Clock } from "../clock.ts";

/** The clocks' own word on signals that end at an instant. */
const over = new WeakMap<AbortSignal, () => boolean>();

/**
 * A signal that aborts after so many milliseconds. A process that stood still goes on with what has come in meanwhile
 * before it runs the timers that were due: whoever writes to a gateway asks `isOver` right before. Where the machine was
 * suspended the monotonic clock stood still with the timers (Linux's CLOCK_MONOTONIC), so it is over by either clock.
 */
export function deadlineIn(
  milliseconds: number,
  { now, monotonic, after }: Clock,
): { readonly signal: AbortSignal; readonly cancel: () => void } {
  const abort = new AbortController();
  const [end, wallEnd] = [monotonic() + milliseconds, now() + milliseconds];
  over.set(abort.signal, () => monotonic() >= end || now() >= wallEnd);
  return { signal: abort.signal, cancel: after(Math.max(0, milliseconds), () => abort.abort()) };
}

export function isOver(signal: AbortSignal): boolean {
  return signal.aborted || over.get(signal)?.() === true;
}
