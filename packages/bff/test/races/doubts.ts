import { randomUUID } from "node:crypto";
import type { Event, HoldId, Instant } from "../../src/hold/index.ts";
import type { Answer } from "../kills/contract.ts";
import type { Arena } from "./arena.ts";
import { mustBe, onlyFor, stateOf, wasTaken, type Race } from "./contest.ts";

const BOTH = ["cybersource", "computop"] as const;

/** By these minor units the imitated gateways apply a step and cut the line, or fail without having applied it. */
const LOST = 92;
const FAILED = 84;

/** Races around a step that nobody answered: a person's word, a look, another opening. */
export const doubts: readonly Race[] = [
  {
    name: "a person's word and the look that finds the step",
    at: BOTH,
    async set(arena) {
      const hold = await arena.hold();
      const { entry } = await arena.does(arena.merchant.increment(hold, 50_00 + LOST));
      return {
        hold,
        submissions: [arena.merchant.word(hold, entry, "applied")],
        // The look has to get to the gateway and back.
        within: 600,
        meanwhile: () => arena.does(arena.merchant.hint(hold)),
        wrong: (outcome) => [
          ...onlyFor(outcome.answers, ["not_in_doubt"]),
          ...mustBe("the increment", stateOf(outcome, entry), "applied"),
          ...mustBe("held", outcome.known.sums.held, 450_00 + LOST),
        ],
        first: ({ answers: [word] }) => (wasTaken(word) ? 0 : 1),
      };
    },
  },
  {
    name: "a person's word and the look that finds nothing",
    at: BOTH,
    async set(arena) {
      const hold = await arena.hold();
      const { entry } = await arena.does(arena.merchant.increment(hold, 50_00 + FAILED));
      return {
        hold,
        submissions: [arena.merchant.word(hold, entry, "not_applied"), arena.merchant.hint(hold)],
        wrong: (outcome) => [
          ...onlyFor(outcome.answers, ["not_in_doubt"]),
          ...mustBe("the increment", stateOf(outcome, entry), "failed"),
          ...mustBe("held", outcome.known.sums.held, 400_00),
        ],
        first: ({ answers: [word] }) => (wasTaken(word) ? 0 : 1),
      };
    },
  },
  {
    name: "two openings for an order of which one is in doubt",
    at: BOTH,
    async set(arena) {
      const order = { order: `order ${randomUUID()}` };
      const lost = await arena.merchant.opening(await arena.token(), { ...order, amount: 400_00 + LOST });
      const { hold, entry } = await arena.does(lost);
      return {
        hold,
        submissions: [
          await arena.merchant.opening(await arena.token(), order),
          await arena.merchant.opening(await arena.token(), order),
        ],
        wrong: async (outcome) => [
          ...mustBe("the openings taken while one is in doubt", await takenInDoubt(arena, hold, outcome.answers), 0),
          ...onlyFor(outcome.answers, ["duplicate_order"]),
          ...mustBe("the first opening", stateOf(outcome, entry), "applied"),
        ],
        first: ({ answers }) => answers.findIndex(wasTaken),
      };
    },
  },
];

/** Any answer of the gateway may have the doubt looked at and ended: what is taken after that is another hold of the order. */
async function takenInDoubt(arena: Arena, hold: HoldId, answers: readonly Answer[]): Promise<number> {
  const end = await momentOf(arena, hold, "applied");
  const taken = answers.flatMap((answer) => ("hold" in answer ? [answer.hold] : []));
  const begun = await Promise.all(taken.map((one) => momentOf(arena, one, "opened")));
  return begun.filter((at) => at < end).length;
}

async function momentOf(arena: Arena, hold: HoldId, type: Event["type"]): Promise<Instant> {
  const recorded = (await arena.history(hold)).find(({ event }) => event.type === type);
  return recorded?.at ?? Infinity;
}
