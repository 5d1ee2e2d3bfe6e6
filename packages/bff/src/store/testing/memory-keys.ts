import type { KeyRow } from "../schema.ts";
import type { Keys } from "../store.ts";

export function memoryKeys(rows: Map<string, KeyRow>): Keys {
  return {
    async add({ id, hash, merchant, mode, name, at }) {
      const taken = rows.has(id) || [...rows.values()].some((row) => row.hash === hash);
      if (taken) throw new Error("an API key with this id or hash is already there");
      rows.set(id, { id, hash, merchant, mode, name, at, revoked_at: null });
    },
    async find(hash) {
      const row = [...rows.values()].find((candidate) => candidate.hash === hash && candidate.revoked_at === null);
      return row && { id: row.id, merchant: row.merchant, mode: row.mode, name: row.name };
    },
    list: async () =>
      [...rows.values()]
        .sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1))
        .map(({ id, merchant, mode, name, at, revoked_at: revokedAt }) => ({
          id,
          merchant,
          mode,
          name,
          at,
          revokedAt,
        })),
    async revoke(id, at) {
      const row = rows.get(id);
      if (row === undefined || row.revoked_at !== null) return false;
      rows.set(id, { ...row, revoked_at: at });
      return true;
    },
  };
}
