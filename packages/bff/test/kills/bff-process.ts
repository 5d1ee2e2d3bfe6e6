import { fork, spawn, spawnSync, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { COMPILED, processFile } from "./compiled.ts";
import { isReturn, type Return } from "./channel.ts";
import type { Said, Served, Setup } from "./contract.ts";

/** Thrown by a call to a process that died before it had answered. */
export class Died extends Error {
  override readonly name = "Died";
}

/** Thrown by a call that could not use the database just then: a connection was lost, or none was to be had in time. */
export class Unavailable extends Error {
  override readonly name = "Unavailable";
}

type Answered<K extends keyof Served> = Awaited<ReturnType<Served[K]>>;

/** A process of its own that runs the BFF's parts, and its channel. It ends with whoever started it, at the latest. */
export class BffProcess {
  readonly ended: Promise<NodeJS.Signals | number | null>;
  readonly #child: ChildProcess;
  readonly #calls = new Map<number, PromiseWithResolvers<unknown>>();
  #last = 0;

  private constructor(file: string, said: (said: Said) => void) {
    this.#child = fork(file, { execArgv: [], env: { ...process.env, NODE_COMPILE_CACHE: COMPILED } });
    this.#child.on("message", (message) => (isReturn(message) ? this.#settle(message) : said(message as Said)));
    const child = this.#child;
    const abandon = () => void child.kill("SIGKILL");
    process.once("exit", abandon);
    child.once("exit", () => process.off("exit", abandon));
    this.ended = this.#end();
  }

  static async start(setup: Setup, said: (said: Said) => void): Promise<BffProcess> {
    const started = new BffProcess(await processFile(), said);
    await started.call("start", setup).catch(async (error: unknown) => {
      await started.kill();
      throw error;
    });
    return started;
  }

  get alive(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }

  call<K extends keyof Served>(call: K, ...given: Parameters<Served[K]>): Promise<Answered<K>> {
    // Its channel ends a little before or after itself.
    if (!this.#child.connected || !this.alive) return this.#isOver();
    const id = ++this.#last;
    const answer = Promise.withResolvers<unknown>();
    this.#calls.set(id, answer);
    // An error here is the end of the process, which the exit tells.
    this.#child.send({ id, call, given }, () => {});
    return answer.promise as Promise<Answered<K>>;
  }

  /** A process that stands still can't notice that whoever started it is gone: then somebody else ends it. */
  guard(): void {
    const { pid } = this.#child;
    const guard = spawn("sh", ["-c", `read -r _; kill -KILL ${pid}`], { stdio: ["pipe", "ignore", "ignore"] });
    void this.ended.then(() => guard.kill());
  }

  /** Whether it is stopped: what it says itself could be said too early, or too late. */
  get standsStill(): boolean {
    const { stdout } = spawnSync("ps", ["-o", "stat=", "-p", String(this.#child.pid)], { encoding: "utf8" });
    return stdout.startsWith("T");
  }

  signal(signal: "SIGKILL" | "SIGSTOP" | "SIGCONT"): void {
    this.#child.kill(signal);
  }

  async kill(): Promise<void> {
    this.signal("SIGKILL");
    await this.ended;
  }

  async #isOver(): Promise<never> {
    throw new Died(`it ended with ${await this.ended}`);
  }

  async #end(): Promise<NodeJS.Signals | number | null> {
    const [code, signal] = await once(this.#child, "exit");
    const how = signal ?? code;
    for (const { reject } of this.#calls.values()) reject(new Died(`it ended with ${how}`));
    this.#calls.clear();
    return how;
  }

  #settle(returned: Return): void {
    const waiting = this.#calls.get(returned.id);
    this.#calls.delete(returned.id);
    if ("error" in returned) waiting?.reject(errorOf(returned.error));
    else waiting?.resolve(returned.value);
  }
}

function errorOf(said: string): Error {
  return said.startsWith("StoreUnavailable:") ? new Unavailable(said) : new Error(said);
}
