import type { Operation } from "../control/fault.ts";

export interface Accepted {
  readonly mid: string;
  readonly operation: Operation;
  readonly code: string;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** Which references CyberSource has worked on, for its duplicate check. */
export interface AcceptedReferences {
  add(accepted: Accepted): void;
  of(mid: string, code: string): Accepted[];
  clear(): void;
}

export function createAcceptedReferences(): AcceptedReferences {
  const accepted: Accepted[] = [];
  return {
    add: (one) => void accepted.push(one),
    of: (mid, code) => accepted.filter((one) => one.mid === mid && one.code === code),
    clear: () => {
      accepted.length = 0;
    },
  };
}
