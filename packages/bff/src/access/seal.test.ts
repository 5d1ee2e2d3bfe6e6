import { expect, test } from "vitest";
import { createSeal } from "./seal.ts";

const seal = createSeal(new Uint8Array(32).fill(1));

test("what is sealed is read again with the same secret only, and never twice the same", async () => {
  const sealed = await seal.seal("tok-1");
  expect(await seal.unseal(sealed)).toBe("tok-1");
  expect(sealed).not.toContain("tok-1");
  expect(await seal.seal("tok-1")).not.toBe(sealed);
  await expect(createSeal(new Uint8Array(32)).unseal(sealed)).rejects.toThrow("decryption operation failed");
});

test("what was changed on the way is not read", async () => {
  const sealed = await seal.seal("tok-1");
  const at = sealed.length - 30;
  const other = sealed[at] === "A" ? "B" : "A";
  await expect(seal.unseal(sealed.slice(0, at) + other + sealed.slice(at + 1))).rejects.toThrow(
    "decryption operation failed",
  );
});
