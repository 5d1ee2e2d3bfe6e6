import { randomBytes } from "node:crypto";
import { v7 } from "uuid";

/** The one maker of ids and the one source of randomness, passed in. */
export interface Ids {
  readonly hold: () => string;
  readonly entry: () => string;
  readonly operation: () => string;
  /** A key of its own for each logical operation, for gateways that dedupe. */
  readonly key: () => string;
  /** Quoted by people to people: `7F3K-22Q9`. */
  readonly support: () => string;
  readonly bytes: (count: number) => Uint8Array;
}

/** Ids rise with time, so that rows which belong together lie together. None of them is a secret. */
export function makeIds(now: () => number, bytes: (count: number) => Uint8Array = randomBytes): Ids {
  const uuid = () => v7({ msecs: now(), random: bytes(16) }).replaceAll("-", "");
  return {
    hold: () => `hold_${uuid()}`,
    entry: () => `step_${uuid()}`,
    operation: () => `oper_${uuid()}`,
    key: () => v7({ msecs: now(), random: bytes(16) }),
    support: () => readable(bytes(8)),
    bytes,
  };
}

/** Letters and digits that can't be mistaken for one another on a telephone. */
const ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ";

function readable(random: Uint8Array): string {
  const letters = Array.from(random, (byte) => ALPHABET[byte % ALPHABET.length]).join("");
  return `${letters.slice(0, 4)}-${letters.slice(4)}`;
}
