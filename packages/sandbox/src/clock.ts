/** Milliseconds since 1970, UTC. */
export interface Clock {
  now(): number;
}

/**
 * The gateways' time, which the control door can move.
 * Signatures are checked against `base`: moving the gateways' time must not make every caller's `date` wrong.
 */
export interface MovableClock extends Clock {
  readonly base: Clock;
  set(now: number): void;
  advance(ms: number): void;
  reset(): void;
}

export function movableClock(base: Clock): MovableClock {
  let offset = 0;
  return {
    base,
    now: () => base.now() + offset,
    set: (now) => {
      offset = now - base.now();
    },
    advance: (ms) => {
      offset += ms;
    },
    reset: () => {
      offset = 0;
    },
  };
}
