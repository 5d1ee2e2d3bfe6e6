import { defineConfig } from "@playwright/test";
import { chromium } from "../scripts/browser.ts";
import { places } from "./places.ts";

const { port, url } = places.start;
/** Where the test command wants the counts. */
const results = process.env["PLIMSOLL_E2E_RESULTS"];

/** One real browser against the same demo that a visitor starts. */
export default defineConfig({
  testDir: ".",
  testMatch: "*.spec.ts",
  timeout: 90_000,
  expect: { timeout: 15_000 },
  workers: 1,
  retries: 0,
  forbidOnly: true,
  reporter: results ? [["list"], ["json", { outputFile: results }]] : "list",
  outputDir: "../node_modules/.cache/e2e",
  use: {
    launchOptions: { executablePath: await chromium() },
    trace: "retain-on-failure",
    viewport: { width: 1280, height: 1200 },
    locale: "en-US",
    timezoneId: "America/Los_Angeles",
  },
  webServer: {
    command: `"${process.execPath}" --conditions=@plimsoll/source ../examples/demo.ts --port ${port} --folder ../node_modules/.cache/e2e-demo`,
    cwd: import.meta.dirname,
    url: `${url}/health`,
    reuseExistingServer: false,
    gracefulShutdown: { signal: "SIGTERM", timeout: 5_000 },
    stdout: "pipe",
    timeout: 60_000,
  },
});
