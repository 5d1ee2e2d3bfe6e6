import { defineConfig } from "vitest/config";

/** Workspace packages are read from their sources: no build stands between a change and its test. */
const conditions = ["@plimsoll/source", "node", "import", "module", "default"];

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions, externalConditions: conditions } },
  test: {
    include: ["packages/*/src/**/*.test.ts", "packages/*/test/**/*.test.ts", "scripts/**/*.test.ts"],
    environment: "node",
    restoreMocks: true,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    execArgv: ["--conditions=@plimsoll/source"],
  },
});
