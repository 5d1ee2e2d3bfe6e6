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

/** Imitations remember access tokens for as long as they live: after so many schedules they are made anew. */
const LIFE = 10_000;

export async function createPlayer(): Promise<Player> {
  const coverage = new Coverage();
  let timeline = new Timeline();
  let chance: Chance = createChance(0);
  let played = 0;
  let accounts: readonly WorldAccount[] = [];
  const outside = { now: () => timeline.now, bytes: (count: number) => chance.bytes(count) };
  const begins = (seed: number, tell?: Tell) => {
    timeline = new Timeline(tell);
    chance = createChance(seed);
  };
  return {
    coverage,
    async plays(seed, tell) {
      if (played % LIFE === 0) {
        begins(0);
        accounts = await standGateways(outside);
      }
      played += 1;
      begins(seed, tell);
      resetGateways(accounts);
      return new World(timeline, chance, accounts, coverage).plays();
    },
  };
}
