import type { Answer } from "../kills/contract.ts";
import type { Arena } from "./arena.ts";
import { applied, mustBe, oneOf, onlyFor, stateOf, wasTaken, type Race } from "./contest.ts";

const BOTH = ["cybersource", "computop"] as const;
/** For which a yes is refused that comes after the end has begun. */
const CLOSING = ["not_waiting", "already_capturing", "already_captured", "already_reversing", "already_reversed"];

/** A hold whose payer is asked for 50.00 more, and their yes to that. */
async function asked(arena: Arena) {
  const hold = await arena.hold();
  const { entry: question } = await arena.does(arena.merchant.question(hold, 50_00));
  return { hold, question, allow: () => arena.merchant.yes(hold, question, 50_00, 450_00) };
}

/** Races of words: a payer's, a desk's, a key's, a person's who looked into the books. A hold of 400.00 stands before each. */
export const words: readonly Race[] = [
  {
    name: "a yes and an increment that makes it stale",
    at: BOTH,
    async set(arena) {
      const { hold, question, allow } = await asked(arena);
      return {
        hold,
        submissions: [allow(), arena.merchant.increment(hold, 20_00)],
        wrong: (outcome) => {
          const [yes] = outcome.answers;
          return [
            ...oneOf(outcome.answers, "stale_consent", "above_ceiling"),
            ...mustBe("held", outcome.known.sums.held, wasTaken(yes) ? 450_00 : 420_00),
            ...mustBe("the question", stateOf(outcome, question), wasTaken(yes) ? "applied" : "proposed"),
          ];
        },
      };
    },
  },
  {
    name: "a yes, a no and a withdrawal",
    at: BOTH,
    async set(arena) {
      const { hold, question, allow } = await asked(arena);
      return {
        hold,
        submissions: [allow(), arena.merchant.no(hold, question), arena.merchant.withdrawal(hold, question)],
        wrong: (outcome) => {
          const [yes, no, withdrawal] = outcome.answers;
          // Where something is read first, a step that was agreed to can be withdrawn until its turn comes.
          const taken = wasTaken(yes) && wasTaken(withdrawal) ? outcome.answers.slice(1) : outcome.answers;
          const wanted = wasTaken(withdrawal) ? "withdrawn" : wasTaken(no) ? "denied" : "applied";
          return [
            ...oneOf(taken, "not_waiting", "not_withdrawable"),
            ...mustBe("the question", stateOf(outcome, question), wanted),
            ...mustBe("held", outcome.known.sums.held, wanted === "applied" ? 450_00 : 400_00),
          ];
        },
      };
    },
  },
  {
    name: "a yes in two tabs",
    at: BOTH,
    async set(arena) {
      const { hold, question, allow } = await asked(arena);
      return {
        hold,
        submissions: [allow(), allow()],
        wrong: (outcome) => [
          ...oneOf(outcome.answers, "not_waiting"),
          ...mustBe("the question", stateOf(outcome, question), "applied"),
          ...mustBe("held", outcome.known.sums.held, 450_00),
        ],
      };
    },
  },
  {
    name: "a yes and a final capture",
    at: BOTH,
    async set(arena) {
      const { hold, question, allow } = await asked(arena);
      return {
        hold,
        submissions: [allow(), arena.merchant.capture(hold, 380_00)],
        wrong: (outcome) => {
          const [yes, capture] = outcome.answers;
          return [
            ...onlyFor(outcome.answers, CLOSING),
            ...mustBe("the capture taken", wasTaken(capture), true),
            ...mustBe("the question", stateOf(outcome, question), wasTaken(yes) ? "applied" : "withdrawn"),
            ...mustBe("captured", outcome.known.sums.captured, 380_00),
            ...mustBe("authorized", outcome.known.sums.authorized, wasTaken(yes) ? 450_00 : 400_00),
          ];
        },
      };
    },
  },
  {
    name: "a yes and a full reversal",
    at: BOTH,
    async set(arena) {
      const { hold, allow } = await asked(arena);
      return {
        hold,
        submissions: [allow(), arena.merchant.reversal(hold)],
        wrong: (outcome) => [
          ...onlyFor(outcome.answers, CLOSING),
          ...mustBe("the reversal taken", wasTaken(outcome.answers[1]), true),
          ...mustBe("held", outcome.known.sums.held, 0),
          ...mustBe("captured", outcome.known.sums.captured, 0),
        ],
      };
    },
  },
  {
    name: "one key at both processes",
    at: BOTH,
    async set(arena) {
      const hold = await arena.hold();
      const increment = arena.merchant.increment(hold, 50_00);
      return {
        hold,
        submissions: [increment, arena.merchant.again(increment)],
        wrong: (outcome) => [
          ...oneStep(outcome.answers),
          ...mustBe("the number of increments", applied(outcome, "increment"), 1),
        ],
        first: ({ answers }) => answers.findIndex((answer) => "replayed" in answer && !answer.replayed),
      };
    },
  },
  {
    name: "one opening at both processes",
    at: BOTH,
    async set(arena) {
      const opening = await arena.merchant.opening(await arena.token());
      const again = arena.merchant.again(opening);
      return {
        hold: opening.hold,
        submissions: [opening, again],
        wrong: ({ answers }) => oneStep(answers),
        first: ({ answers }) => answers.findIndex((answer) => "replayed" in answer && !answer.replayed),
      };
    },
  },
  {
    name: "one line from two tablets",
    at: BOTH,
    async set(arena) {
      const hold = await arena.hold();
      return {
        hold,
        submissions: [arena.merchant.increment(hold, 50_00, "dinner"), arena.merchant.increment(hold, 50_00, "dinner")],
        wrong: (outcome) => [
          ...oneOf(outcome.answers, "duplicate_line"),
          ...mustBe("held", outcome.known.sums.held, 450_00),
        ],
      };
    },
  },
  {
    name: "an increment and a pause of its gateway",
    at: BOTH,
    alone: true,
    async set(arena) {
      const hold = await arena.hold();
      const later: Answer[] = [];
      return {
        hold,
        submissions: [arena.merchant.increment(hold, 50_00)],
        async meanwhile() {
          await arena.pause();
          const others = [arena.merchant.increment(hold, 10_00), arena.merchant.increment(hold, 20_00)];
          later.push(...(await arena.race(others)));
          await arena.goOn();
        },
        // What was taken before the pause may have waited for its end.
        wrong: (outcome) => [
          ...onlyFor([...outcome.answers, ...later], ["gateway_paused"]),
          ...mustBe("taken while it was paused", later.filter(wasTaken).length, 0),
          ...mustBe("held", outcome.known.sums.held, wasTaken(outcome.answers[0]) ? 450_00 : 400_00),
        ],
        first: ({ answers: [increment] }) => (wasTaken(increment) ? 0 : 1),
      };
    },
  },
];

/** One request that came twice: both are told of the same step, one of them as a replay. */
function oneStep(answers: readonly Answer[]): string[] {
  const told = answers.map((answer) => ("refused" in answer ? answer.refused : `${answer.hold} ${answer.entry}`));
  const replays = answers.filter((answer) => "replayed" in answer && answer.replayed).length;
  return [
    ...mustBe("the number of steps told", new Set(told).size, 1),
    ...onlyFor(answers, []),
    ...mustBe("the number of replays", replays, answers.length - 1),
  ];
}
