import { randomBytes } from "node:crypto";

/** Where ids, approval codes and token ids come from; a test may pass its own. */
export interface Random {
  bytes(count: number): Uint8Array;
}

export const systemRandom: Random = { bytes: (count) => randomBytes(count) };

export function digits(random: Random, count: number): string {
  return Array.from(random.bytes(count), (byte) => String(byte % 10)).join("");
}

/** Hexadecimal without digits, so that no run of digits in an id can be taken for a card number. */
export function hexLetters(random: Random, count: number): string {
  return Array.from(random.bytes(count), (byte) => "ABCDEF".charAt(byte % 6)).join("");
}
