import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { buildScript, DEMOS, integrityOf, scripts, type Built } from "./build.ts";
import { VERSION } from "./src/version.ts";

/** The files of a release: the scripts, the fixtures they name by hash, and what to write into `integrity`. */
export async function release(): Promise<Built[]> {
  const files = [...(await Promise.all(scripts().map(buildScript))), ...scripts().map((name) => DEMOS[name])];
  const hashes = Object.fromEntries(files.map(({ name, text }) => [name, integrityOf(text)]));
  return [...files, { name: "integrity.json", text: `${JSON.stringify(hashes, undefined, 2)}\n` }];
}

/** Writes a release, once: pages pin it, so it never changes afterwards. Throws where the version is taken or not this code's. */
export async function writeRelease(version: string, folder = join(import.meta.dirname, "releases")): Promise<void> {
  if (version !== VERSION) throw new Error(`this is version ${VERSION}, not ${version}: see src/version.ts`);
  const place = join(folder, version);
  if (existsSync(place)) throw new Error(`${version} is released: a release never changes`);
  const files = await release();
  mkdirSync(place, { recursive: true });
  for (const { name, text } of files) writeFileSync(join(place, name), text, { flag: "wx" });
}

if (import.meta.main) await writeRelease(process.argv[2] ?? VERSION);
