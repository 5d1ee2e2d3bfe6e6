import type { Pause, Pauses } from "../store.ts";

export function memoryPauses(rows: Map<string, Pause>): Pauses {
  return {
    async set({ gateway, mode, by, why, at }) {
      const name = pauseName(gateway, mode);
      if (rows.has(name)) return false;
      rows.set(name, { gateway, mode, by, why, at });
      return true;
    },
    lift: async (gateway, mode) => rows.delete(pauseName(gateway, mode)),
    list: async () =>
      [...rows.entries()]
        .sort(([a, { at }], [b, { at: other }]) => at - other || (a < b ? -1 : 1))
        .map(([, row]) => row),
  };
}

export function pauseName(gateway: string, mode: Pause["mode"]): string {
  return JSON.stringify([gateway, mode]);
}
