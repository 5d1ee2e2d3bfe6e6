import { endOf, isReady, startPlimsoll } from "../command-line.ts";

/** One process of `plimsoll serve`, which can be started again. */
export class Member {
  readonly port: number;
  readonly #config: string;
  readonly #environment: Readonly<Record<string, string>>;
  #child: ReturnType<typeof startPlimsoll> | undefined;

  constructor(port: number, config: string, environment: Readonly<Record<string, string>>) {
    this.port = port;
    this.#config = config;
    this.#environment = environment;
  }

  /** Resolves when it is ready. */
  async start(): Promise<void> {
    this.#child = startPlimsoll(["serve", "--config", this.#config], this.#environment);
    await isReady(this.#child);
  }

  /** Resolves when it has ended. */
  async end(signal: "SIGKILL" | "SIGTERM"): Promise<void> {
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = endOf(child);
    child.kill(signal);
    await ended;
  }
}
