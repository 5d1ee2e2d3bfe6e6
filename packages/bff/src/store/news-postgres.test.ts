import { afterAll, beforeAll, expect, test } from "vitest";
import { ManualClock } from "../testing/manual-clock.ts";
import { decode, encode } from "./news-postgres.ts";
import { openStore } from "./open-store.ts";
import type { Changed } from "./store.ts";
import { ownPostgres, type Postgres } from "./testing/postgres-server.ts";

let postgres: Postgres;

beforeAll(async () => {
  postgres = await ownPostgres();
});

afterAll(() => postgres.stop());

test("news that change together go in one message, and a server's restart is outlived", async () => {
  const url = await postgres.newDatabase();
  const clock = new ManualClock(Date.now());
  const [teller, hearer] = [
    await openStore({ postgres: { url }, clock }),
    await openStore({ postgres: { url }, clock }),
  ];
  const heard: (readonly Changed[])[] = [];
  hearer.news?.hear((changes) => heard.push(changes));
  const told = (hold: string, version: number) =>
    teller.news?.tell({ hold, version, merchant: "grand-hotel", mode: "test" });

  told("h1", 1);
  told("h2", 1);
  told("h1", 2);
  clock.passes(25);
  await until(() => heard.length > 0);
  expect(heard).toEqual([
    [
      { hold: "h1", version: 2, merchant: "grand-hotel", mode: "test" },
      { hold: "h2", version: 1, merchant: "grand-hotel", mode: "test" },
    ],
  ]);

  await postgres.restart();
  await until(() => {
    clock.passes(1_000);
    told("h3", 1);
    return heard.length > 1;
  });
  expect(heard.at(-1)).toMatchObject([{ hold: "h3" }]);
  await teller.close();
  await hearer.close();
});

test("nobody's nonsense on the channel is heard", async () => {
  expect(decode("no JSON", "self")).toEqual([]);
  expect(decode('["other",[["h1","7","m","test"]]]', "self")).toEqual([]);
  expect(decode('["self",[["h1",7,"m","test"]]]', "self")).toEqual([]);
});

test("as many changes as there are go in messages that PostgreSQL takes, none left out", () => {
  const changes: Changed[] = Array.from({ length: 1_000 }, (_, index) => ({
    hold: `hold_${index}`,
    version: index + 1,
    merchant: "Zoë’s hôtel",
    mode: "live",
  }));
  const payloads = encode(changes, "self");
  expect(Math.max(...payloads.map((payload) => Buffer.byteLength(payload)))).toBeLessThan(8_000);
  expect(payloads.flatMap((payload) => decode(payload, "other"))).toEqual(changes);
});

/** Looks again and again, as a person would. */
async function until(done: () => boolean): Promise<void> {
  while (!done()) await new Promise((resolve) => setTimeout(resolve, 10));
}
