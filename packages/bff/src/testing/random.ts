import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import { uniformInt } from "pure-rand/distribution/uniformInt";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";

/** Chance that comes out the same for the same seed. */
export interface Random {
  /** A whole number from 0 up to and without `end`. */
  below(end: number): number;
  /** True so often, of 1. */
  chance(share: number): boolean;
  pick<T>(of: readonly [T, ...T[]]): T;
  bytes(count: number): Uint8Array;
}

export function randomFrom(seed: number): Random {
  const generator = xoroshiro128plus(seed);
  const below = (end: number) => uniformInt(generator, 0, end - 1);
  return {
    below,
    chance: (share) => uniformFloat64(generator) < share,
    pick: (of) => of[below(of.length)] ?? of[0],
    bytes: (count) => Uint8Array.from({ length: count }, () => below(256)),
  };
}
