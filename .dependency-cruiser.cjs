/** Imports point one way: widget → shared ← bff; the sandbox imports neither. Inside the BFF each folder has one door. */
const typeOnly = { dependencyTypesNot: ["type-only"] };
const test = "(\\.test\\.ts$|/testing/|/test/)";

/** @type {import("dependency-cruiser").IConfiguration} */
module.exports = {
  forbidden: [
    { name: "no-circular", severity: "error", from: {}, to: { circular: true, viaOnly: typeOnly } },
    {
      name: "shared-stands-alone",
      severity: "error",
      from: { path: "^packages/shared/", pathNot: test },
      to: { path: "^packages/(bff|widget|sandbox)/|^(e2e|examples)/" },
    },
    {
      name: "shared-is-pure",
      severity: "error",
      from: { path: "^packages/shared/", pathNot: test },
      to: { dependencyTypes: ["core"] },
    },
    {
      name: "sandbox-imports-neither",
      comment: "an imitation that shares code with what it tests would share its mistakes",
      severity: "error",
      from: { path: "^packages/sandbox/" },
      to: { path: "^packages/(shared|bff|widget)/" },
    },
    {
      name: "widget-takes-types-only",
      severity: "error",
      from: { path: "^packages/widget/src/", pathNot: test },
      to: { path: "^packages/(shared|bff|sandbox)/", ...typeOnly },
    },
    {
      name: "widget-knows-the-bff-in-live-only",
      severity: "error",
      from: { path: "^packages/widget/src/", pathNot: ["^packages/widget/src/live/", test] },
      to: { path: "^packages/bff/" },
    },
    {
      name: "bff-never-imports-the-widget",
      severity: "error",
      from: { path: "^packages/bff/", pathNot: test },
      to: { path: "^packages/widget/" },
    },
    {
      name: "only-the-cli-starts-the-sandbox",
      severity: "error",
      from: { path: "^packages/bff/src/", pathNot: ["^packages/bff/src/cli/sandbox\\.ts$", test] },
      to: { path: "^packages/sandbox/" },
    },
    {
      name: "rules-import-only-shared",
      comment: "the rules of a hold are pure",
      severity: "error",
      from: { path: "^packages/bff/src/hold/", pathNot: test },
      to: { pathNot: ["^packages/bff/src/hold/", "^packages/shared/"] },
    },
    {
      name: "one-door-a-folder",
      comment: "other folders of the BFF come in through index.ts (the store and the gateways' port are interfaces)",
      severity: "error",
      from: { path: "^packages/bff/src/([^/]+)/", pathNot: test },
      to: {
        path: "^packages/bff/src/[^/]+/",
        pathNot: [
          "^packages/bff/src/$1/",
          "/index\\.ts$",
          "^packages/bff/src/store/store\\.ts$",
          "^packages/bff/src/gateways/(port|wire-client)\\.ts$",
        ],
      },
    },
    {
      name: "merchants-have-no-inside",
      comment: "examples are written only with what a merchant would have",
      severity: "error",
      from: { path: "^examples/[^/]+/" },
      to: { path: "^packages/", ...typeOnly },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "(^|/)(dist|node_modules|releases)/" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.tests.json" },
    enhancedResolveOptions: {
      conditionNames: ["@plimsoll/source", "types", "node", "import", "default"],
      exportsFields: ["exports"],
    },
  },
};
