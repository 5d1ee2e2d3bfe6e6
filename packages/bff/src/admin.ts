import { chmodSync, rmSync } from "node:fs";
import { createServer, request, type Server } from "node:http";
import { mode as modes, reference, words, type Mode } from "@plimsoll/shared";
import { z } from "zod";

/**
 * The door for command-line tools: a socket beside the embedded database that only its owner may open. The process
 * holds the database exclusively, so tools talk to it instead of opening the file.
 */
export interface AdminActions {
  createKey(merchant: string, mode: Mode, name: string): Promise<{ readonly secret: string }>;
}

const keyRequest = z.strictObject({ merchant: reference, mode: modes, name: words(60) });
export type KeyRequest = z.infer<typeof keyRequest>;

export function socketOf(database: string): string {
  return `${database}.sock`;
}

export function serveAdmin(database: string, actions: AdminActions): Promise<Server> {
  const path = socketOf(database);
  rmSync(path, { force: true });
  const server = createServer(async (incoming, answer) => {
    try {
      if (incoming.method !== "POST" || incoming.url !== "/keys") return void answer.writeHead(404).end();
      const { merchant, mode, name } = keyRequest.parse(JSON.parse(await text(incoming)));
      const { secret } = await actions.createKey(merchant, mode, name);
      answer.writeHead(201, { "content-type": "application/json" }).end(JSON.stringify({ key: secret }));
    } catch (error) {
      answer.writeHead(400).end(sentenceOf(error));
    }
  });
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    // Nobody else may even connect in the moment before the mode is set.
    const before = process.umask(0o177);
    server.listen(path, () => {
      process.umask(before);
      chmodSync(path, 0o600);
      resolve(server);
    });
  });
}

function sentenceOf(error: unknown): string {
  if (error instanceof z.ZodError) return z.prettifyError(error);
  return error instanceof Error ? error.message : "that did not work";
}

/** Asks the running process for a key; undefined where none runs. */
export async function requestKey(database: string, wanted: KeyRequest): Promise<string | undefined> {
  const answer = await post(socketOf(database), "/keys", wanted);
  if (answer === undefined) return undefined;
  if (answer.status !== 201) throw new Error(answer.body);
  return z.object({ key: z.string() }).parse(JSON.parse(answer.body)).key;
}

function post(socketPath: string, path: string, body: object): Promise<{ status: number; body: string } | undefined> {
  return new Promise((resolve, reject) => {
    const sent = request({ socketPath, path, method: "POST" }, (answer) => {
      text(answer).then((said) => resolve({ status: answer.statusCode ?? 0, body: said }), reject);
    });
    sent.once("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT" || error.code === "ECONNREFUSED") resolve(undefined);
      else reject(error);
    });
    sent.end(JSON.stringify(body));
  });
}

async function text(stream: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks).toString("utf8");
}
