import { CompactEncrypt, compactDecrypt } from "jose";
import { derive } from "./derive.ts";

/** Keeps a payer's payment token unreadable in the store until it is sent. */
export interface Seal {
  seal(token: string): Promise<string>;
  /** Throws where it was not sealed with this secret. */
  unseal(sealed: string): Promise<string>;
}

export function createSeal(secret: Uint8Array): Seal {
  const key = derive(secret, "payment tokens");
  return {
    seal: (token) =>
      new CompactEncrypt(new TextEncoder().encode(token))
        .setProtectedHeader({ alg: "dir", enc: "A256GCM" })
        .encrypt(key),
    async unseal(sealed) {
      const { plaintext } = await compactDecrypt(sealed, key, {
        keyManagementAlgorithms: ["dir"],
        contentEncryptionAlgorithms: ["A256GCM"],
      });
      return new TextDecoder().decode(plaintext);
    },
  };
}
