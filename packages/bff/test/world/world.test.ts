import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { createPlayer } from "./play.ts";
import { isPoll } from "./polls.ts";
import { planted } from "./planting.ts";
import { PLANTS } from "./plants.ts";

describe("a simulated world", () => {
  it("is told whole by its seed: again, after others, and in another thread's gateways it is the same, line by line", async () => {
    const story = async (seed: number, player = createPlayer()) => {
      const hash = createHash("sha256");
      const { plays } = await player;
      const verdict = await plays(seed, (line) => void hash.update(`${line}\n`));
      return { hash: hash.digest("hex"), verdict };
    };
    const player = createPlayer();
    const first = [await story(1, player), await story(2, player), await story(3, player), await story(4, player)];
    for (const [index, told] of first.entries()) {
      expect(told.verdict.faults).toEqual([]);
      expect(await story(index + 1, player)).toEqual(told);
      expect(await story(index + 1)).toEqual(told);
    }
    expect(new Set(first.map(({ hash }) => hash)).size).toBe(4);
  });

  it("knows how often processes of one database poll it: such polls it may pass over", () => {
    for (const file of ["driver/sweeper.ts", "live/relay.ts"]) {
      const source = readFileSync(new URL(`../../src/${file}`, import.meta.url), "utf8");
      const period = /^const POLL = (?<period>[\d_]+);$/mu.exec(source)?.groups?.["period"]?.replaceAll("_", "");
      expect({ file, passedOver: isPoll(Number(period)) }).toEqual({ file, passedOver: true });
    }
  });

  it.each(PLANTS)("has a mistake to plant in what is shipped: $name", (plant) => {
    const sources = planted(plant);
    for (const { file, by } of plant.changes) expect(sources.get(file)).toContain(by);
  });
});
