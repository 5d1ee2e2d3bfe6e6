import { mkdtempSync, rmSync, statSync } from "node:fs";
import type { Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import type { Action } from "./actions.ts";
import { ask, serveAdmin, socketOf } from "./socket.ts";

const COUNT = {
  name: "count",
  asks: z.strictObject({ to: z.int() }),
  tells: z.strictObject({ number: z.int() }),
} satisfies Action<unknown, unknown>;

let folder: string;
let database: string;
let server: Server | undefined;
/** When the last action that was asked for is over, however it ended. */
let over = Promise.withResolvers<void>();

const actions = new Map([
  [
    "count",
    async function* (asked: unknown) {
      const { to } = z.object({ to: z.number() }).parse(asked);
      if (!Number.isInteger(to)) throw new Error("no half a number here");
      try {
        for (let number = 1; number <= to; number += 1) {
          if (number === 13 && to === 20) throw new Error("no thirteen here");
          yield { number };
          await new Promise((resolve) => setImmediate(resolve));
        }
      } finally {
        over.resolve();
      }
    },
  ],
]);

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "plimsoll-admin-"));
  database = join(folder, "plimsoll.db");
  over = Promise.withResolvers();
  server = await serveAdmin(database, { actions });
});

afterEach(() => {
  server?.closeAllConnections();
  server?.close();
  rmSync(folder, { recursive: true, force: true });
});

async function counted(to: number, action: Action<{ to: number }, { number: number }> = COUNT): Promise<number[]> {
  const numbers: number[] = [];
  for await (const { number } of (await ask(database, action, { to })) ?? []) numbers.push(number);
  return numbers;
}

describe("the door for command-line tools", () => {
  it("is a socket that only its owner may open", () => {
    expect(statSync(socketOf(database)).mode & 0o777).toBe(0o600);
  });

  it("tells one thing after the other, to the end", async () => {
    expect(await counted(3)).toEqual([1, 2, 3]);
    expect(await counted(0)).toEqual([]);
  });

  it("says what is wrong in a sentence, also in the middle", async () => {
    await expect(counted(20)).rejects.toThrow("no thirteen here");
    await expect(counted(1.5)).rejects.toThrow(/no half a number/);
  });

  it("knows no other action", async () => {
    await expect(counted(1, { ...COUNT, name: "sell" })).rejects.toThrow(/knows no sell/);
  });

  it("takes what breaks off for no success", async () => {
    const answer = (await ask(database, COUNT, { to: 10 })) ?? [];
    const reading = (async () => {
      for await (const { number } of answer) if (number === 2) server?.closeAllConnections();
    })();
    await expect(reading).rejects.toThrow(/broke off|aborted/);
  });

  it("gives up what nobody listens to any more", async () => {
    for await (const { number } of (await ask(database, COUNT, { to: 1e9 })) ?? []) if (number === 2) break;
    await expect(over.promise).resolves.toBeUndefined();
  });

  it("is nowhere where no process runs", async () => {
    expect(await ask(join(folder, "another.db"), COUNT, { to: 1 })).toBeUndefined();
  });
});
