import { uniformInt } from "pure-rand/distribution/uniformInt";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";

/** All that is random in a world comes from here, so that its seed tells it whole. */
export interface Chance {
  /** A whole number from `least` to `most`, both included. */
  between(least: number, most: number): number;
  /** True in so many of a hundred cases. */
  percent(share: number): boolean;
  pick<T>(from: readonly [T, ...T[]]): T;
  /** The same where there may be nothing to pick. */
  any<T>(from: readonly T[]): T | undefined;
  readonly bytes: (count: number) => Uint8Array;
}

export function createChance(seed: number): Chance {
  const generator = xoroshiro128plus(seed);
  const between = (least: number, most: number) => uniformInt(generator, least, most);
  const any = <T>(from: readonly T[]) => (from.length === 0 ? undefined : from[between(0, from.length - 1)]);
  return {
    between,
    percent: (share) => between(0, 99) < share,
    pick: (from) => any(from) ?? from[0],
    any,
    bytes: (count) => Uint8Array.from({ length: count }, () => between(0, 255)),
  };
}
