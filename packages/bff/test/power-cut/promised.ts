import { isDeepStrictEqual } from "node:util";
import { evolve, type Hold, type HoldId } from "../../src/hold/index.ts";
import type { Change, KeyUse, Seen, Store, Target } from "../../src/store/store.ts";

type Key = NonNullable<Target["key"]>;

/** What the store has acknowledged: it outlives every machine. */
export class Promised {
  readonly #versions = new Map<HoldId, Hold[]>();
  readonly #keys: { readonly key: Key; readonly use: KeyUse }[] = [];
  commits = 0;

  /** The store, with a note of every commit that it acknowledges. */
  noting(store: Store): Store {
    const noted = async <T, R>(change: (seen: Seen) => Change<T>, key: Key | undefined, commit: Commit<T, R>) => {
      let write: Change<T>["write"];
      const result = await commit((seen) => {
        const changed = change(seen);
        write = changed.write;
        return changed;
      });
      if (write) this.#note(write, key);
      return result;
    };
    return {
      ...store,
      commit: (target, change) => noted(change, target.key, (seeing) => store.commit(target, seeing)),
      commitDue: (now, except, change) => noted(change, undefined, (seeing) => store.commitDue(now, except, seeing)),
    };
  }

  /** How many acknowledged commits are not there. Throws where a hold is not what its events tell. */
  async missingIn(store: Store): Promise<number> {
    let missing = 0;
    for (const [id, versions] of this.#versions) {
      const hold = await store.load(id);
      const told = await toldBy(store, id, Infinity);
      if (!isDeepStrictEqual(told, hold)) throw new Error(`hold ${id} is not what its events tell`);
      missing += versions.filter(({ version }) => version > (hold?.version ?? 0)).length;
      const newest = versions.at(-1);
      if (
        newest &&
        newest.version <= (hold?.version ?? 0) &&
        !isDeepStrictEqual(await toldBy(store, id, newest.version), newest)
      )
        missing += 1;
    }
    return missing + (await this.#missingKeys(store));
  }

  async #missingKeys(store: Store): Promise<number> {
    let missing = 0;
    for (const { key, use } of this.#keys) {
      const found = await store.commit({ hold: use.hold, key }, (seen) => ({ result: seen.key }));
      if (!isDeepStrictEqual(found, use)) missing += 1;
    }
    return missing;
  }

  #note({ hold, key: use }: NonNullable<Change<unknown>["write"]>, key: Key | undefined): void {
    this.commits += 1;
    this.#versions.set(hold.terms.id, [...(this.#versions.get(hold.terms.id) ?? []), hold]);
    if (key && use) this.#keys.push({ key, use });
  }
}

type Commit<T, R> = (change: (seen: Seen) => Change<T>) => Promise<R>;

async function toldBy(store: Store, id: HoldId, version: number): Promise<Hold | undefined> {
  const history = (await store.history(id)).filter(({ seq }) => seq <= version);
  return history.reduce((hold: Hold | undefined, { event, at }) => evolve(hold, event, at), undefined);
}
