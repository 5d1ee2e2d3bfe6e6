import { createHash, randomUUID } from "node:crypto";
import { existsSync, mkdirSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { rolldown } from "rolldown";

const FOLDER = join(import.meta.dirname, "../../../../node_modules/.cache/kills");

/** What Node keeps of a file that it has compiled. */
export const COMPILED = join(FOLDER, "compiled");

let file: Promise<string> | undefined;

/**
 * The process's sources in one file, made once a run: it is there in a quarter of the time that loading each source
 * takes, and thousands of processes are started.
 */
export function processFile(): Promise<string> {
  file ??= bundle();
  return file;
}

async function bundle(): Promise<string> {
  const made = await rolldown({
    input: join(import.meta.dirname, "process/main.ts"),
    platform: "node",
    // No "import" here: it would reach require() too, and CommonJS packages would be handed ESM files.
    resolve: { conditionNames: ["@plimsoll/source", "node"] },
  });
  const { output } = await made.generate({ format: "esm", codeSplitting: false });
  await made.close();
  const { code } = output[0];
  const path = join(FOLDER, `${createHash("sha256").update(code).digest("hex").slice(0, 16)}.mjs`);
  if (!existsSync(path)) {
    mkdirSync(FOLDER, { recursive: true });
    // Another run may be writing the same one.
    const own = `${path}.${randomUUID()}`;
    writeFileSync(own, code);
    renameSync(own, path);
  }
  return path;
}
