import { rmSync } from "node:fs";
import { createServer, request, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { createInterface } from "node:readline";
import { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { pipeline } from "node:stream/promises";
import { z } from "zod";
import type { Action } from "./actions.ts";
import type { Actions } from "./perform.ts";

/**
 * The door for command-line tools: a socket beside the embedded database that only its owner may open. The process
 * holds the database exclusively, so tools talk to it instead of opening the file. An action is a POST to its name;
 * what it tells comes as lines of JSON, and a last line says how it ended, so that one that is cut off is no success.
 */
export function socketOf(database: string): string {
  return `${database}.sock`;
}

const lineSchema = z.union([
  z.strictObject({ tells: z.unknown() }),
  z.strictObject({ done: z.literal(true) }),
  z.strictObject({ failed: z.string() }),
]);

export function serveAdmin(database: string, { actions }: { readonly actions: Actions }): Promise<Server> {
  const path = socketOf(database);
  rmSync(path, { force: true });
  const server = createServer((incoming, answer) => {
    // Whoever asked may be gone before the end: then there is nobody to tell, and the action is given up.
    perform(actions, incoming, answer).catch(() => answer.destroy());
  });
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    // The socket is made within the call: nobody else may connect, not even for a moment.
    const before = process.umask(0o177);
    server.listen(path, () => resolve(server));
    process.umask(before);
  });
}

async function perform(actions: Actions, incoming: IncomingMessage, answer: ServerResponse): Promise<void> {
  const action = incoming.method === "POST" ? actions.get((incoming.url ?? "").slice(1)) : undefined;
  if (!action) return void answer.writeHead(404).end();
  const body = await text(incoming);
  answer.writeHead(200, { "content-type": "application/x-ndjson" });
  await pipeline(Readable.from(linesOf(action, body)), answer);
}

async function* linesOf(action: (asked: unknown) => AsyncIterable<unknown>, body: string): AsyncGenerator<string> {
  const line = (said: z.infer<typeof lineSchema>) => `${JSON.stringify(said)}\n`;
  try {
    for await (const tells of action(JSON.parse(body))) yield line({ tells });
    yield line({ done: true });
  } catch (error) {
    yield line({ failed: sentenceOf(error) });
  }
}

function sentenceOf(error: unknown): string {
  return error instanceof Error ? error.message : "that did not work";
}

/** Asks the running process; undefined where none runs. What it tells throws where it fails, or breaks off. */
export async function ask<Asked, Told>(
  database: string,
  { name, tells }: Action<Asked, Told>,
  asked: Asked,
): Promise<AsyncIterable<Told> | undefined> {
  const answer = await post(socketOf(database), `/${name}`, JSON.stringify(asked));
  if (answer === undefined) return undefined;
  if (answer.statusCode !== 200) throw new Error(`the running process knows no ${name}: it is of another version`);
  return told(answer, tells);
}

async function* told<Told>(answer: IncomingMessage, tells: z.ZodType<Told>): AsyncGenerator<Told> {
  // A connection that breaks ends the lines: that there is no last one says it.
  answer.on("error", () => {});
  try {
    for await (const line of createInterface({ input: answer, crlfDelay: Infinity })) {
      const said = lineSchema.parse(JSON.parse(line));
      if ("done" in said) return;
      if ("failed" in said) throw new Error(said.failed);
      yield tells.parse(said.tells);
    }
  } finally {
    answer.destroy();
  }
  throw new Error("the running process broke off in the middle");
}

function post(socketPath: string, path: string, body: string): Promise<IncomingMessage | undefined> {
  return new Promise((resolve, reject) => {
    const sent = request({ socketPath, path, method: "POST" }, resolve);
    sent.once("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT" || error.code === "ECONNREFUSED") resolve(undefined);
      else reject(error);
    });
    sent.end(body);
  });
}
