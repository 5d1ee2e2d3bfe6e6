import type { MonerisReadings } from "./readings.ts";

/** A key as it was used: by whom, for what. */
export interface KeyUse {
  readonly merchant: string;
  readonly operation: string;
  readonly key: string;
}

/** The idempotency keys that were used, as long as Moneris remembers them. */
export interface Keys {
  isUsed(use: KeyUse, now: number): boolean;
  use(use: KeyUse, now: number): void;
  clear(): void;
}

const HOUR_MS = 3_600_000;
const retention = { "24h": 24 * HOUR_MS, "7d": 7 * 24 * HOUR_MS } as const;

export function createKeys(readings: MonerisReadings): Keys {
  const uses: (KeyUse & { readonly at: number })[] = [];
  return {
    isUsed: ({ merchant, operation, key }, now) => {
      const kept = retention[readings.get("keyRetention")];
      const everywhere = readings.get("keyScope") === "merchant";
      return uses.some(
        (one) =>
          one.merchant === merchant &&
          one.key === key &&
          (everywhere || one.operation === operation) &&
          now - one.at < kept,
      );
    },
    use: (use, now) => void uses.push({ ...use, at: now }),
    clear: () => {
      uses.length = 0;
    },
  };
}
