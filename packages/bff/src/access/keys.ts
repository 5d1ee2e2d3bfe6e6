import { createHash } from "node:crypto";
import type { Mode } from "@plimsoll/shared";
import type { Clock } from "../clock.ts";
import type { Ids } from "../ids.ts";
import type { ApiKey, Store } from "../store/store.ts";

/** Secret keys of merchants' servers. A key is shown once, when it is made; of it only a hash is kept. */
export interface ApiKeys {
  create(merchant: string, mode: Mode, name: string): Promise<{ readonly id: string; readonly secret: string }>;
  /** Whose key this is; its merchant and mode are those of the stored row, whatever its prefix says. */
  find(secret: string): Promise<ApiKey | undefined>;
}

const SHAPE = /^plim_(?:test|live)_[\w-]{43}$/;

export function createKeys({ store, ids, clock }: { store: Pick<Store, "keys">; ids: Ids; clock: Clock }): ApiKeys {
  return {
    async create(merchant, mode, name) {
      const secret = `plim_${mode}_${Buffer.from(ids.bytes(32)).toString("base64url")}`;
      const hash = hashOf(secret);
      const id = `key_${hash.slice(0, 16)}`;
      await store.keys.add({ id, merchant, mode, name, hash, at: clock.now() });
      return { id, secret };
    },
    async find(secret) {
      // Looked up by its hash: how long that takes tells nothing about the secret.
      return SHAPE.test(secret) ? await store.keys.find(hashOf(secret)) : undefined;
    },
  };
}

/** 256 random bits need no slow hash. */
function hashOf(secret: string): string {
  return createHash("sha256").update(secret).digest("hex");
}
