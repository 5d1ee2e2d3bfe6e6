import type { HoldId } from "../../src/hold/index.ts";
import { inParallel } from "../../src/testing/in-parallel.ts";
import { randomFrom, type Random } from "../../src/testing/random.ts";
import type { Answer, Known } from "../kills/contract.ts";
import { Books } from "../kills/judge.ts";
import type { Arena } from "./arena.ts";
import { wasTaken, type Contest, type Outcome, type Race } from "./contest.ts";
import { doubts } from "./doubts.ts";
import { againstAnswer } from "./judge.ts";
import { money } from "./money.ts";
import { words } from "./words.ts";

export const races: readonly Race[] = [...money, ...words, ...doubts];

/** So many races go on at once, each on a hold of its own. */
const AT_ONCE = 12;

export interface Results {
  races: number;
  /** Each with its race and seed. */
  readonly lost: string[];
  /** By race: how often each contender came first. */
  readonly firsts: Map<string, number[]>;
}

/** Runs so many races of each kind in turn; the same seed lets the same go first by the same time. */
export async function runRaces(
  arena: Arena,
  gateway: Race["at"][number],
  count: number,
  seed: number,
): Promise<Results> {
  const results: Results = { races: 0, lost: [], firsts: new Map() };
  const raced = new Map<Known, string>();
  const here = races.filter(({ at }) => at.includes(gateway));
  const planned = Array.from({ length: count }, (_, number) => ({
    race: here[number % here.length],
    seed: seed + number,
  }));
  const run = async ({ race, seed: own }: (typeof planned)[number]) => {
    if (!race) return;
    const name = `${race.name}, seed ${own}`;
    try {
      const { holds, wrong } = await runRace(arena, race, randomFrom(own), results);
      for (const known of holds) raced.set(known, name);
      for (const what of wrong) results.lost.push(`${name}: ${what}`);
    } catch (error) {
      results.lost.push(`${name}: ${String(error)}`);
    }
    results.races += 1;
  };
  const alone = planned.filter(({ race }) => race?.alone);
  const together = planned.filter(({ race }) => !race?.alone);
  await inParallel(AT_ONCE, together, run);
  await inParallel(1, alone, run);
  // What rests stays as it is: one look at the books is enough for all.
  const books = new Books(arena.imitation.gateway);
  results.lost.push(...books.strangers([...raced.keys()]));
  for (const [known, name] of raced) for (const what of books.against(known)) results.lost.push(`${name}: ${what}`);
  return results;
}

interface Run {
  readonly holds: readonly Known[];
  readonly wrong: readonly string[];
}

async function runRace(arena: Arena, race: Race, random: Random, results: Results): Promise<Run> {
  const contest = await race.set(arena);
  const [answers] = await Promise.all([arena.race(contest.submissions, random, contest.within), contest.meanwhile?.()]);
  const holds = await restOf(arena, contest, answers);
  const known = holds.get(contest.hold) ?? [...holds.values()][0];
  if (!known) return { holds: [], wrong: ["nothing is left of it"] };
  const outcome = { answers, known };
  note(results.firsts, race.name, contest, outcome);
  const wrong = [
    ...contest.submissions.flatMap((submission, index) => {
      const answer = answers[index];
      if (!answer) return ["somebody was not answered"];
      return againstAnswer(submission, answer, holds.get("hold" in answer ? answer.hold : submission.hold) ?? known);
    }),
    ...(await contest.wrong(outcome)),
  ];
  return { holds: [...holds.values()], wrong };
}

/** Every hold that there is now, at rest. An opening that was refused, or came again, has made none. */
async function restOf(arena: Arena, contest: Contest, answers: readonly Answer[]): Promise<Map<HoldId, Known>> {
  const named = answers.flatMap((answer) => ("hold" in answer ? [answer.hold] : []));
  const rested = new Map<HoldId, Known>();
  if (await arena.knows(contest.hold)) named.unshift(contest.hold);
  for (const hold of new Set(named)) rested.set(hold, await arena.rest(hold));
  for (const { hold } of contest.submissions) {
    if (!rested.has(hold) && (await arena.knows(hold)))
      throw new Error(`there is a hold ${hold} of which nobody was told`);
  }
  return rested;
}

function note(firsts: Results["firsts"], race: string, contest: Contest, outcome: Outcome): void {
  const first = contest.first?.(outcome) ?? firstOf(contest, outcome);
  const counts = firsts.get(race) ?? contest.submissions.map(() => 0);
  if (first >= 0) counts[first] = (counts[first] ?? 0) + 1;
  firsts.set(race, counts);
}

/** Who alone was taken; among several, whose step is further up the hold's line. */
function firstOf({ submissions }: Contest, { answers, known }: Outcome): number {
  const places = answers.map((answer, index) => {
    const command = submissions[index]?.command;
    const made = command && "entry" in command ? known.entries.findIndex(({ id }) => id === command.entry) : -1;
    return wasTaken(answer) && made >= 0 ? made : Infinity;
  });
  return places.every((place) => place === Infinity) ? -1 : places.indexOf(Math.min(...places));
}
