import type { Clock } from "../clock.ts";

/** The clock's own word on signals that end at an instant. */
const over = new WeakMap<AbortSignal, () => boolean>();

/**
 * A signal that aborts after so many milliseconds. A process that stood still goes on with what has come in meanwhile
 * before it runs the timers that were due: whoever writes to a gateway asks `isOver` right before.
 */
export function deadlineIn(
  milliseconds: number,
  { monotonic, after }: Pick<Clock, "monotonic" | "after">,
): { readonly signal: AbortSignal; readonly cancel: () => void } {
  const abort = new AbortController();
  const end = monotonic() + milliseconds;
  over.set(abort.signal, () => monotonic() >= end);
  return { signal: abort.signal, cancel: after(Math.max(0, milliseconds), () => abort.abort()) };
}

export function isOver(signal: AbortSignal): boolean {
  return signal.aborted || over.get(signal)?.() === true;
}
