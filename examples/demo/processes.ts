import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";

/** Runs the demo's parts, each a process of its own on this very Node, until one of them ends or all are told to. */
export class Processes {
  readonly #children: ChildProcess[] = [];
  readonly #root: string;
  #ending = false;

  constructor(root: string) {
    this.#root = root;
  }

  /** Starts a part and waits for the line that says it is ready. */
  start(name: string, args: readonly string[], environment: Record<string, string>, ready: RegExp): Promise<void> {
    const child = this.#spawn(args, environment);
    this.#children.push(child);
    return new Promise((resolve) => {
      createInterface({ input: child.stdout }).on("line", (line) => {
        if (ready.test(line)) resolve();
      });
      child.once("exit", (code) => {
        if (!this.#ending) console.error(`${name} ended with ${code}`);
        this.end(1);
      });
    });
  }

  /** Runs a command to its end, and gives what it printed. */
  output(args: readonly string[]): Promise<string> {
    const child = this.#spawn(args, {});
    return new Promise((resolve, reject) => {
      let said = "";
      child.stdout.on("data", (chunk: Buffer) => (said += chunk.toString()));
      child.once("exit", (code) =>
        code === 0 ? resolve(said.trim()) : reject(new Error(`${args[1]} ended with ${code}`)),
      );
    });
  }

  end(code: number): void {
    if (this.#ending) return;
    this.#ending = true;
    for (const child of this.#children) child.kill("SIGTERM");
    process.exitCode = code;
    setTimeout(() => process.exit(code), 4_000).unref();
    const running = this.#children.filter((child) => child.exitCode === null);
    void Promise.all(running.map((child) => once(child, "exit"))).then(() => process.exit(code));
  }

  #spawn(args: readonly string[], environment: Record<string, string>) {
    return spawn(process.execPath, ["--conditions=@plimsoll/source", ...args], {
      cwd: this.#root,
      env: { ...process.env, ...environment },
      stdio: ["ignore", "pipe", "inherit"],
    });
  }
}
