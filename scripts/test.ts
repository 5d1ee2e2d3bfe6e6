import { readFileSync } from "node:fs";
import { chromium } from "./browser.ts";
import { Parts } from "./parts.ts";

/** Everything that must hold, part by part; the last line counts what passed and failed. `test:soak` counts further. */
const proof = (name: string) => `packages/bff/test/${name}`;
const [kills, races, deployment, powerCut] = [proof("kills"), proof("races"), proof("deployment"), proof("power-cut")];
const parts = new Parts();

await parts.part("browser", async () => {
  process.env["PLIMSOLL_BROWSER"] = await chromium();
});
await parts.command("types", "tsc", ["-b"]);
await parts.command("lint", "oxlint", ["--deny-warnings"]);
await parts.command("format", "oxfmt", ["--check", "."]);
await parts.command("import directions", "node", ["scripts/boundaries.ts"]);
await parts.command("widget build", "node", ["packages/widget/build.ts"]);
await parts.vitest("unit, property, integration", { without: [kills, races, deployment, powerCut] });
await parts.command("simulated world", "node", ["--run", "simulate", "--", "--schedules", "50000"]);
await parts.vitest("kills and restarts", { only: [kills] });
await parts.vitest("races and processes", { only: [races, deployment] });
await parts.vitest("power cuts", { only: [powerCut] });
const stories = parts.resultsOf("browser story");
await parts.part(
  "browser story",
  () =>
    parts.run("node", ["e2e/node_modules/@playwright/test/cli.js", "test", "--config", "e2e/playwright.config.ts"], {
      PLIMSOLL_E2E_RESULTS: stories,
    }),
  () => {
    const { stats } = JSON.parse(readFileSync(stories, "utf8")) as {
      stats: { expected: number; unexpected: number; flaky: number };
    };
    return { passed: stats.expected, failed: stats.unexpected + stats.flaky };
  },
);
parts.end();
