import { createChance, type Chance } from "./chance.ts";
import { Coverage } from "./coverage.ts";
import { resetGateways, standGateways, type WorldAccount } from "./gateways.ts";
import { Timeline, type Tell } from "./timeline.ts";
import { World, type Verdict } from "./world.ts";

/** Plays schedules one after the other, each from its seed alone. */
export interface Player {
  readonly coverage: Coverage;
  readonly plays: (seed: number, tell?: Tell) => Promise<Verdict>;
}

export async function createPlayer(): Promise<Player> {
  const coverage = new Coverage();
  let timeline = new Timeline();
  let chance: Chance = createChance(0);
  const outside = { now: () => timeline.now, bytes: (count: number) => chance.bytes(count) };
  const accounts: readonly WorldAccount[] = await standGateways(outside);
  return {
    coverage,
    plays(seed, tell) {
      timeline = new Timeline(tell);
      chance = createChance(seed);
      resetGateways(accounts);
      return new World(timeline, chance, accounts, coverage).plays();
    },
  };
}
