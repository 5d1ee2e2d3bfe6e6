import { defineConfig } from "vitest/config";

/** Workspace packages are read from their sources: no build stands between a change and its test. */
const source = ["@plimsoll/source"];

export default defineConfig({
  // No "import" or "default" here: they would reach require() too, and CommonJS packages would be handed ESM files.
  ssr: { resolve: { conditions: source, externalConditions: source } },
  test: {
    include: [
      "packages/*/src/**/*.test.ts",
      "packages/*/test/**/*.test.ts",
      "scripts/**/*.test.ts",
      "examples/*/src/**/*.test.ts",
    ],
    environment: "node",
    setupFiles: ["scripts/seed.ts"],
    globalSetup: ["packages/bff/src/store/testing/postgres-per-run.ts"],
    restoreMocks: true,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    execArgv: ["--conditions=@plimsoll/source"],
  },
});
