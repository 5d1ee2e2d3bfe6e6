import { spawn } from "node:child_process";
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { join, relative } from "node:path";
import { stripVTControlCharacters } from "node:util";

export interface Tally {
  readonly passed: number;
  readonly failed: number;
  /** The tests that failed, by name, where a part knows. */
  readonly named?: readonly string[];
}

/** Part after part, with the seconds each takes; at the end what they counted, and what passed and failed. */
export class Parts {
  readonly #results = join(import.meta.dirname, "../node_modules/.cache/test-results");
  readonly #seconds: string[] = [];
  /** Lines in which parts say what they counted: `races: 500, 0 lost`. */
  readonly #counted: string[] = [];
  /** What failed, said once more at the very end: a part's own words are far up by then. */
  readonly #failures: string[] = [];
  #passed = 0;
  #failed = 0;

  constructor() {
    rmSync(this.#results, { recursive: true, force: true });
    mkdirSync(this.#results, { recursive: true });
  }

  /** A part that passes or fails as a whole, unless `count` tells more of it. */
  async part(name: string, work: () => Promise<void>, count?: () => Tally): Promise<void> {
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
    this.#passed += counted.passed;
    this.#failed += counted.failed;
    this.#failures.push(...(counted.named ?? []).map((test) => `FAILED ${name}: ${test}`));
    const took = ((performance.now() - started) / 1000).toFixed(1).padStart(6);
    this.#seconds.push(`${took} s  ${name}: ${counted.passed} passed, ${counted.failed} failed`);
  }

  command(name: string, command: string, args: readonly string[]): Promise<void> {
    return this.part(name, () => this.run(command, args));
  }

  /** Tests of Vitest: those that are named, or all but those that are left out. */
  vitest(
    name: string,
    tests: { readonly only?: readonly string[]; readonly without?: readonly string[] },
    environment: NodeJS.ProcessEnv = {},
  ): Promise<void> {
    const file = this.resultsOf(name);
    const { only = [], without = [] } = tests;
    const left = without.map((folder) => `--exclude=${folder}/**`);
    const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${file}`];
    return this.part(
      name,
      () => this.run("vitest", ["run", ...only, ...left, ...reporters], environment),
      () => tallyOf(read(file) as VitestReport),
    );
  }

  resultsOf(name: string): string {
    return join(this.#results, `${name.replaceAll(/[^a-z]+/g, "-")}.json`);
  }

  /** Shows what it prints as it comes, and keeps the lines that count. */
  async run(command: string, args: readonly string[], environment: NodeJS.ProcessEnv = {}): Promise<void> {
    const child = spawn(command, args, {
      stdio: ["ignore", "pipe", "inherit"],
      env: { FORCE_COLOR: process.stdout.isTTY ? "1" : "0", ...process.env, ...environment },
    });
    let text = "";
    child.stdout.on("data", (chunk: Buffer) => {
      process.stdout.write(chunk);
      text += chunk.toString();
    });
    const status = await new Promise((resolve, reject) => {
      child.once("error", reject);
      child.once("close", resolve);
    });
    this.#counted.push(
      ...stripVTControlCharacters(text)
        .split("\n")
        .filter((line) => COUNTED.test(line)),
    );
    if (status !== 0) throw new Error(`${command} ended with ${String(status)}`);
  }

  /** Prints the sums; the process fails where a part has. */
  end(): void {
    console.log(`\n${this.#seconds.join("\n")}\n`);
    for (const lines of [this.#counted, this.#failures]) if (lines.length > 0) console.log(`${lines.join("\n")}\n`);
    console.log(`${this.#passed} passed, ${this.#failed} failed`);
    process.exitCode = this.#failed > 0 ? 1 : 0;
  }
}

/** What proves something says how often it tried, in one line that begins with its name. */
const COUNTED =
  /^(?:conformance|faults|scenarios|simulated|planted bugs|boundaries|kills|control|database crashes|races|power cuts|viewers)[:,] /;

/** A part that fails counts at least one failure, also where it got no further than its start. */
function failedCount(count: (() => Tally) | undefined): Tally {
  try {
    const counted = count?.() ?? { passed: 0, failed: 1 };
    return { ...counted, failed: Math.max(1, counted.failed) };
  } catch {
    return { passed: 0, failed: 1 };
  }
}

interface VitestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly message: string;
    readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[];
  }[];
}

function tallyOf({ numPassedTests: passed, numFailedTests: failed, testResults }: VitestReport): Tally {
  const named = testResults.flatMap(({ name: file, status, message, assertionResults }) => {
    const tests = assertionResults.filter((test) => test.status === "failed").map(({ fullName }) => fullName);
    // A file can fail outside its tests too.
    if (tests.length === 0 && status === "failed") tests.push(message.split("\n")[0] ?? "");
    return tests.map((test) => `${relative(process.cwd(), file)} > ${test}`);
  });
  return { passed, failed, named };
}

function read(file: string): unknown {
  return JSON.parse(readFileSync(file, "utf8"));
}
