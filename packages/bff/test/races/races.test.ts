import { afterAll, describe, expect, it } from "vitest";
import computop from "../../src/gateways/computop/testing/conformance.ts";
import cybersource from "../../src/gateways/cybersource/testing/conformance.ts";
import { freshDatabase } from "../../src/store/testing/fresh-database.ts";
import { Arena } from "./arena.ts";
import { runRaces } from "./run-races.ts";

/**
 * Two processes on one PostgreSQL, let go at the same moment. The judge is the gateway's books, and what every caller
 * was told. PLIMSOLL_RACES=N runs more, PLIMSOLL_SEED=N others.
 */
const seed = Number(process.env["PLIMSOLL_SEED"] ?? 1_876);
const wanted = Number(process.env["PLIMSOLL_RACES"] ?? 500);
const grounds = [
  { gateway: "cybersource", conforming: cybersource, account: "flexible", readings: { searchLag: "0s" }, share: 0.6 },
  { gateway: "computop", conforming: computop, account: "direct", readings: {}, share: 0.4 },
] as const;

const total = { races: 0, lost: 0 };

afterAll(() => console.log(`races: ${total.races}, ${total.lost} lost`));

describe("of whatever is asked at two processes at once", () => {
  it.each(grounds)(
    "nothing is sent that should not be, and nothing is lost: $gateway",
    async ({ share, gateway, ...ground }) => {
      const arena = await Arena.open({ ...ground, url: await freshDatabase() });
      try {
        const { races, lost, firsts } = await runRaces(arena, gateway, Math.ceil(wanted * share), seed);
        total.races += races;
        total.lost += lost.length;
        for (const [name, counts] of firsts) console.log(`  ${counts.join(" : ")}  ${name}`);
        expect({ lost, alarms: arena.alarms }).toEqual({ lost: [], alarms: [] });
      } finally {
        await arena.close();
      }
    },
    60_000 + 500 * wanted,
  );
});
