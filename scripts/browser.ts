import { accessSync, constants, mkdirSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { spawnSync } from "node:child_process";
import packageJson from "../package.json" with { type: "json" };

/** Names a Chrome or Chromium of the machine instead of the pinned one. */
const BROWSER_VARIABLE = "PLIMSOLL_BROWSER";

const root = join(import.meta.dirname, "..");

/** What the pinned Chromium needs from a bare Debian. */
const SYSTEM_LIBRARIES = ["libnss3", "libnspr4", "libexpat1", "fonts-dejavu-core"];

/**
 * The path of the browser for tests: the machine's own where PLIMSOLL_BROWSER names it, else the pinned
 * Chromium of @sparticuz/chromium, unpacked once. Throws with the missing system libraries named.
 */
export async function chromium(): Promise<string> {
  const path = process.env[BROWSER_VARIABLE] ?? (await pinned());
  const said = spawnSync(path, ["--version"], { encoding: "utf8" });
  if (said.status === 0) return path;
  throw new Error(
    `The browser ${path} does not start: ${said.stderr || (said.error?.message ?? `it ended with ${said.status}`)}\n` +
      `On a bare Debian: apt-get install -y ${SYSTEM_LIBRARIES.join(" ")}\n` +
      `Or name a Chrome or Chromium of the machine: ${BROWSER_VARIABLE}=/usr/bin/chromium`,
  );
}

/**
 * The package unpacks into TMPDIR and takes whatever lies there already, also half a file of another run: so each
 * call unpacks into a folder of its own, and the first to finish renames it into place.
 */
async function pinned(): Promise<string> {
  const version = packageJson.devDependencies["@sparticuz/chromium"];
  const cache = join(root, "node_modules/.cache");
  const place = join(cache, `chromium-${version}`);
  const binary = join(place, "chromium");
  if (executable(binary)) return binary;

  mkdirSync(cache, { recursive: true });
  const fresh = mkdtempSync(join(cache, "unpack-"));
  const outer = process.env["TMPDIR"];
  process.env["TMPDIR"] = fresh;
  try {
    const { default: sparticuz } = await import("@sparticuz/chromium");
    await sparticuz.executablePath();
    rename(fresh, place);
  } finally {
    if (outer === undefined) delete process.env["TMPDIR"];
    else process.env["TMPDIR"] = outer;
    rmSync(fresh, { recursive: true, force: true });
  }
  return binary;
}

function rename(fresh: string, place: string): void {
  try {
    renameSync(fresh, place);
  } catch (error) {
    if (!executable(join(place, "chromium"))) throw error;
  }
}

function executable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
