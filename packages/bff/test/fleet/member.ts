import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";

const CLI = join(import.meta.dirname, "../../src/cli.ts");

/** One process of `plimsoll serve`. It ends with whoever started it, at the latest. */
export class Member {
  readonly port: number;
  readonly #config: string;
  readonly #environment: NodeJS.ProcessEnv;
  #child: ChildProcess | undefined;

  constructor(port: number, config: string, environment: Readonly<Record<string, string>>) {
    this.port = port;
    this.#config = config;
    this.#environment = { ...process.env, ...environment };
    process.once("exit", () => this.#child?.kill("SIGKILL"));
  }

  /** Resolves when it is ready. */
  async start(): Promise<void> {
    const child = spawn(process.execPath, ["--conditions=@plimsoll/source", CLI, "serve", "--config", this.#config], {
      env: this.#environment,
      stdio: ["ignore", "pipe", "ignore"],
    });
    this.#child = child;
    await new Promise<void>((resolve, reject) => {
      let said = "";
      // Read to its end: a process whose log nobody takes is another thing.
      child.stdout.on("data", (chunk: Buffer) => {
        said = /^ready /m.test(said) ? said : said + chunk.toString();
        if (/^ready /m.test(said)) resolve();
      });
      child.once("exit", () => reject(new Error(`it did not start: ${said}`)));
    });
  }

  /** Resolves when it has ended; with the signal or the code. */
  async end(signal: "SIGKILL" | "SIGTERM"): Promise<NodeJS.Signals | number | null> {
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return null;
    const ended = once(child, "exit");
    child.kill(signal);
    const [code] = await ended;
    return code ?? signal;
  }
}
