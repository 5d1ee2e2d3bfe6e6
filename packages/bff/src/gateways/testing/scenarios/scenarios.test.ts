import { globSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeEach, describe, it } from "vitest";
import { z } from "zod";
import type { Conforming } from "../conformance/conforming.ts";
import { startGround, type Ground } from "../conformance/ground.ts";
import { cancelledStays } from "./cancelled-stay.ts";
import { charging } from "./charging.ts";
import { deliveries } from "./delivery.ts";
import { lateReturns } from "./late-return.ts";
import { rentals } from "./rental.ts";
import type { Scenario } from "./scenario.ts";
import { Stage } from "./stage.ts";
import { stays } from "./stay.ts";
import { Table } from "./table.ts";

/*
 * What happens to merchants and payers, from the first authorization to the end, at every real gateway that allows it:
 * amounts and states as the trades have them, told by the gateway's own books and by what the BFF shows.
 */
const scenarios: readonly Scenario[] = [
  ...stays,
  ...cancelledStays,
  ...charging,
  ...rentals,
  ...lateReturns,
  ...deliveries,
];

const folder = join(import.meta.dirname, "../..");
const moduleSchema = z.object({ default: z.custom<Conforming>((value) => typeof value === "object") });
const grounds: Ground[] = [];
for (const file of globSync("*/testing/conformance.ts", { cwd: folder }).toSorted()) {
  grounds.push(await startGround(moduleSchema.parse(await import(join(folder, file))).default));
}

const table = new Table(
  scenarios.map(({ name }) => name),
  grounds.map(({ conforming }) => conforming.name),
);
afterAll(async () => {
  console.log(`\n${table.toString()}\n`);
  for (const ground of grounds) await ground.close();
});

describe.each(grounds)("at $conforming.name", (ground) => {
  const { conforming, imitation } = ground;
  const stages: Stage[] = [];

  beforeEach(async () => {
    imitation.reset();
    imitation.gateway.notices?.deliver("held");
    for (const stage of stages.splice(0)) await stage.end();
  });

  for (const { name, ways, play } of scenarios) {
    const played = ways(conforming.name);
    if (typeof played === "string") {
      table.notOffered(name, conforming.name, played);
      continue;
    }
    it.each(played)(`${name} ($name)`, async (way) => {
      const stage = new Stage(ground, way);
      stages.push(stage);
      await expectPlayed(play(stage), (is) => table.add(name, conforming.name, { is, way: way.name }));
    });
  }
});

async function expectPlayed(played: Promise<void>, tell: (is: "played" | "failed") => void): Promise<void> {
  await played.catch((error: unknown) => {
    tell("failed");
    throw error;
  });
  tell("played");
}
