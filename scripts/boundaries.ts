import { spawnSync } from "node:child_process";

/** Checks the import directions. Fails too where the tool looked at nothing: it passes silently when it can't read TypeScript. */
const run = spawnSync(
  "depcruise",
  ["--config", ".dependency-cruiser.cjs", "packages", "examples", "e2e", "--output-type", "json"],
  { encoding: "utf8", maxBuffer: 256 * 1024 * 1024 },
);
const report: unknown = JSON.parse(run.stdout);
const { totalCruised, violations } = summary(report);

for (const { rule, from, to } of violations) console.error(`${rule.name}: ${from} → ${to}`);
console.log(`import directions: ${totalCruised} modules, ${violations.length} broken`);
process.exitCode = violations.length > 0 || totalCruised < 50 ? 1 : 0;

interface Summary {
  totalCruised: number;
  violations: { rule: { name: string }; from: string; to: string }[];
}

function summary(parsed: unknown): Summary {
  if (typeof parsed !== "object" || parsed === null || !("summary" in parsed)) throw new Error(run.stderr);
  return parsed.summary as Summary;
}
