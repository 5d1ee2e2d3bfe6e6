import { spawn, type ChildProcessByStdio } from "node:child_process";
import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";

export type Child = ChildProcessByStdio<Writable, Readable, null>;

/** Starts a script of this folder as a process of its own, on the same Node. */
export function startChild(script: string, file: string): Child {
  const path = new URL(script, import.meta.url).pathname;
  return spawn(process.execPath, ["--conditions=@plimsoll/source", path, file], { stdio: ["pipe", "pipe", "inherit"] });
}

/** The lines that it prints, until it ends. */
export function linesOf(child: Child): AsyncIterable<string> {
  return createInterface({ input: child.stdout });
}

export async function firstLine(child: Child): Promise<string | undefined> {
  for await (const line of linesOf(child)) return line;
  return undefined;
}

export async function ended(child: Child): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  await new Promise((done) => child.once("exit", done));
}
