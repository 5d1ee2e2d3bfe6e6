import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { integrityOf } from "../build.ts";

const releases = join(import.meta.dirname, "../releases");

test.each(readdirSync(releases))("release %s is as it was released: pages pin it by its hashes", (version) => {
  const place = join(releases, version);
  const hashes: unknown = JSON.parse(readFileSync(join(place, "integrity.json"), "utf8"));
  const files = readdirSync(place).filter((name) => name !== "integrity.json");
  const now = Object.fromEntries(files.map((name) => [name, integrityOf(readFileSync(join(place, name), "utf8"))]));
  expect(now).toEqual(hashes);
});
