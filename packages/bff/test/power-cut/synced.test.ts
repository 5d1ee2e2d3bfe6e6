import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { arch, tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";

/**
 * The modelled power cut shows that what SQLite syncs is enough. That `node:sqlite` as it is shipped syncs is seen
 * here: Linux tells the system call that a process is in, and one that commits without pause is in fsync(2) or
 * fdatasync(2) much of the time.
 */
const SYNCS: Partial<Record<string, readonly string[]>> = { x64: ["74", "75"], arm64: ["82", "83"] };
const syncs = SYNCS[arch()] ?? [];
const folder = mkdtempSync(join(tmpdir(), "plimsoll-synced-"));

afterAll(() => rmSync(folder, { recursive: true }));

describe.runIf(syncs.length > 0 && callOf(process.pid) !== undefined)(
  "the shipped SQLite, committing without pause",
  () => {
    it("is found in a sync again and again", async () => {
      const seen = await samples(10_000, []);
      console.log(`in a sync: ${seen} of 10,000 looks at a process that commits without pause`);
      expect(seen).toBeGreaterThan(100);
    });

    it("is never found in one where it is told not to sync", async () => {
      expect(await samples(10_000, ["synchronous = off"])).toBe(0);
    });
  },
);

/** In how many of so many looks the process was in a sync. */
async function samples(looks: number, besides: readonly string[]): Promise<number> {
  const script = join(import.meta.dirname, "insert-until-killed.ts");
  const file = join(folder, `${besides.length}.db`);
  const child = spawn(process.execPath, ["--conditions=@plimsoll/source", script, file, ...besides], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  try {
    await once(child.stdout, "data");
    let seen = 0;
    for (let look = 0; look < looks; look += 1) if (syncs.includes(callOf(child.pid ?? 0) ?? "")) seen += 1;
    expect(child.exitCode).toBeNull();
    return seen;
  } finally {
    child.kill("SIGKILL");
    await once(child, "exit");
  }
}

/** The number of the system call that this process is in; undefined where it can't be told. */
function callOf(pid: number): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/syscall`, "utf8").split(" ")[0];
  } catch {
    return undefined;
  }
}
