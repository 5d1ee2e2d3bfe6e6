import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "./browser.ts";

/** Everything that must hold, part by part, with the seconds each takes; the last line counts what passed and failed. */
const results = join(import.meta.dirname, "../node_modules/.cache/test-results");
rmSync(results, { recursive: true, force: true });
mkdirSync(results, { recursive: true });
const unit = join(results, "unit.json");
const e2e = join(results, "e2e.json");

const tally = { passed: 0, failed: 0 };
const seconds: string[] = [];

await part("browser", async () => {
  process.env["PLIMSOLL_BROWSER"] = await chromium();
});
await part("types", () => run("tsc", ["-b"]));
await part("lint", () => run("oxlint", ["--deny-warnings"]));
await part("format", () => run("oxfmt", ["--check", "."]));
await part("import directions", () => run("node", ["scripts/boundaries.ts"]));
await part("widget build", () => run("node", ["packages/widget/build.ts"]));
await part(
  "unit, property, integration",
  () => {
    run("vitest", ["run", "--reporter=default", "--reporter=json", `--outputFile.json=${unit}`]);
  },
  () => {
    const { numPassedTests, numFailedTests } = read(unit) as { numPassedTests: number; numFailedTests: number };
    return { passed: numPassedTests, failed: numFailedTests };
  },
);
await part(
  "browser story",
  () => {
    run("node", ["e2e/node_modules/@playwright/test/cli.js", "test", "--config", "e2e/playwright.config.ts"], {
      PLIMSOLL_E2E_RESULTS: e2e,
    });
  },
  () => {
    const { stats } = read(e2e) as { stats: { expected: number; unexpected: number; flaky: number } };
    return { passed: stats.expected, failed: stats.unexpected + stats.flaky };
  },
);

console.log(`\n${seconds.join("\n")}\n`);
console.log(`${tally.passed} passed, ${tally.failed} failed`);
process.exitCode = tally.failed > 0 ? 1 : 0;

interface Tally {
  passed: number;
  failed: number;
}

async function part(name: string, work: () => void | Promise<void>, count?: () => Tally): Promise<void> {
  const started = performance.now();
  console.log(`\n── ${name}`);
  let counted: Tally = { passed: 1, failed: 0 };
  try {
    await work();
    if (count) counted = count();
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    counted = failedCount(count);
  }
  tally.passed += counted.passed;
  tally.failed += counted.failed;
  const took = ((performance.now() - started) / 1000).toFixed(1).padStart(6);
  seconds.push(`${took} s  ${name}: ${counted.passed} passed, ${counted.failed} failed`);
}

/** A part that fails counts at least one failure, also where it got no further than its start. */
function failedCount(count: (() => Tally) | undefined): Tally {
  try {
    const counted = count?.() ?? { passed: 0, failed: 1 };
    return { ...counted, failed: Math.max(1, counted.failed) };
  } catch {
    return { passed: 0, failed: 1 };
  }
}

function run(command: string, args: readonly string[], environment: Record<string, string> = {}): void {
  const { status, error } = spawnSync(command, args, { stdio: "inherit", env: { ...process.env, ...environment } });
  if (error) throw error;
  if (status !== 0) throw new Error(`${command} ended with ${status}`);
}

function read(file: string): unknown {
  return JSON.parse(readFileSync(file, "utf8"));
}
