import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { text } from "node:stream/consumers";

const CLI = join(import.meta.dirname, "../src/cli.ts");

export interface Ran {
  /** What it ended with; the signal's name where one ended it. */
  readonly code: unknown;
  readonly stdout: string;
  readonly stderr: string;
}

/** `plimsoll` as somebody starts it who has set these variables. It ends with whoever started it, at the latest. */
export function startPlimsoll(args: readonly string[], environment: Readonly<Record<string, string>>) {
  const child = spawn(process.execPath, ["--conditions=@plimsoll/source", CLI, ...args], {
    env: { ...process.env, ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const abandon = () => void child.kill("SIGKILL");
  process.once("exit", abandon);
  child.once("exit", () => process.off("exit", abandon));
  return child;
}

/** Resolves when it says that it is ready; rejects with what it said where it ends before. */
export async function isReady(child: ReturnType<typeof startPlimsoll>): Promise<void> {
  let said = "";
  const isSaid = () => /^ready /m.test(said);
  await new Promise<void>((resolve, reject) => {
    // Read to their ends: a process whose words nobody takes is another thing.
    for (const stream of [child.stdout, child.stderr])
      stream.on("data", (chunk: Buffer) => {
        if (!isSaid()) said += chunk.toString();
        if (isSaid()) resolve();
      });
    child.once("exit", () => reject(new Error(`it did not start: ${said}`)));
  });
}

/** Runs it to its end. */
export async function runPlimsoll(
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<Ran> {
  const child = startPlimsoll(args, environment);
  const [stdout, stderr, code] = await Promise.all([text(child.stdout), text(child.stderr), endOf(child)]);
  return { code, stdout, stderr };
}

export async function endOf(child: ChildProcess): Promise<unknown> {
  const [code, signal] = await once(child, "exit");
  return code ?? signal;
}
