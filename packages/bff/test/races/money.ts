import { total } from "@plimsoll/shared";
import { applied, mustBe, oneOf, onlyFor, stateOf, wasTaken, type Race } from "./contest.ts";

const BOTH = ["cybersource", "computop"] as const;
const ENDED = ["already_capturing", "already_captured", "already_reversing", "already_reversed"];

/** Races for money: what is added, taken and let go. A hold of 400.00 stands before each. */
export const money: readonly Race[] = [
  {
    name: "two increments under a ceiling that only one of them fits under",
    at: BOTH,
    async set(arena) {
      const hold = await arena.hold({ ceiling: { amount: total(500_00), consent: null } });
      return {
        hold,
        submissions: [arena.merchant.increment(hold, 60_00), arena.merchant.increment(hold, 70_00)],
        wrong: (outcome) => [
          ...oneOf(outcome.answers, "above_ceiling"),
          ...mustBe("the number of increments", applied(outcome, "increment"), 1),
        ],
      };
    },
  },
  {
    name: "two increments that both fit",
    at: BOTH,
    async set(arena) {
      const hold = await arena.hold({ ceiling: { amount: total(500_00), consent: null } });
      return {
        hold,
        submissions: [arena.merchant.increment(hold, 40_00), arena.merchant.increment(hold, 60_00)],
        wrong: ({ answers, known }) => [...onlyFor(answers, []), ...mustBe("held", known.sums.held, 500_00)],
      };
    },
  },
  {
    name: "two increments where the gateway takes only one more",
    at: BOTH,
    async set(arena) {
      const capabilities = { ...arena.merchant.capabilities, increments: { most: 2, count: "applied" } } as const;
      const hold = await arena.hold({ capabilities });
      await arena.does(arena.merchant.increment(hold, 10_00));
      return {
        hold,
        submissions: [arena.merchant.increment(hold, 20_00), arena.merchant.increment(hold, 30_00)],
        wrong: (outcome) => [
          ...oneOf(outcome.answers, "increment_limit"),
          ...mustBe("the number of increments", applied(outcome, "increment"), 2),
        ],
      };
    },
  },
  {
    name: "an increment and a final capture",
    at: BOTH,
    async set(arena) {
      const hold = await arena.hold();
      return {
        hold,
        submissions: [arena.merchant.increment(hold, 50_00), arena.merchant.capture(hold, 380_00)],
        wrong({ answers: [increment, capture], known }) {
          return [
            ...onlyFor(
              [increment, capture].flatMap((one) => one ?? []),
              ENDED,
            ),
            ...mustBe("the capture taken", wasTaken(capture), true),
            ...mustBe("captured", known.sums.captured, 380_00),
            ...mustBe("authorized", known.sums.authorized, wasTaken(increment) ? 450_00 : 400_00),
          ];
        },
      };
    },
  },
  {
    name: "two final captures",
    at: BOTH,
    async set(arena) {
      const hold = await arena.hold();
      return {
        hold,
        submissions: [arena.merchant.capture(hold, 300_00), arena.merchant.capture(hold, 350_00)],
        wrong: (outcome) => [
          ...oneOf(outcome.answers, ...ENDED),
          ...mustBe("captured", outcome.known.sums.captured, wasTaken(outcome.answers[0]) ? 300_00 : 350_00),
        ],
      };
    },
  },
  {
    name: "two captures in part that together are too much",
    at: ["cybersource"],
    async set(arena) {
      const hold = await arena.hold();
      return {
        hold,
        submissions: [arena.merchant.capture(hold, 250_00, false), arena.merchant.capture(hold, 260_00, false)],
        wrong: (outcome) => [
          ...oneOf(outcome.answers, "above_hold"),
          ...mustBe("captured", outcome.known.sums.captured, wasTaken(outcome.answers[0]) ? 250_00 : 260_00),
        ],
      };
    },
  },
  {
    name: "a final capture and a full reversal",
    at: BOTH,
    async set(arena) {
      const hold = await arena.hold();
      return {
        hold,
        submissions: [arena.merchant.capture(hold, 400_00), arena.merchant.reversal(hold)],
        wrong: (outcome) => [
          ...oneOf(outcome.answers, ...ENDED),
          ...mustBe("captured", outcome.known.sums.captured, wasTaken(outcome.answers[0]) ? 400_00 : 0),
        ],
      };
    },
  },
  {
    name: "a final capture and a reversal that goes step by step",
    at: ["computop"],
    async set(arena) {
      const hold = await arena.hold();
      await arena.does(arena.merchant.increment(hold, 50_00));
      return {
        hold,
        submissions: [arena.merchant.capture(hold, 400_00), arena.merchant.reversal(hold)],
        wrong: (outcome) => [
          ...oneOf(outcome.answers, ...ENDED),
          ...mustBe("captured", outcome.known.sums.captured, wasTaken(outcome.answers[0]) ? 400_00 : 0),
        ],
      };
    },
  },
  {
    name: "an increment and a full reversal",
    at: BOTH,
    async set(arena) {
      const hold = await arena.hold();
      return {
        hold,
        submissions: [arena.merchant.increment(hold, 50_00), arena.merchant.reversal(hold)],
        wrong: ({ answers: [increment, reversal], known }) => [
          ...onlyFor(
            [increment, reversal].flatMap((one) => one ?? []),
            ENDED,
          ),
          ...mustBe("the reversal taken", wasTaken(reversal), true),
          ...mustBe("held", known.sums.held, 0),
          ...mustBe("captured", known.sums.captured, 0),
        ],
      };
    },
  },
  {
    name: "the reversal of the last increment and another increment",
    at: ["computop"],
    async set(arena) {
      const hold = await arena.hold();
      const dinner = await arena.does(arena.merchant.increment(hold, 50_00));
      return {
        hold,
        submissions: [arena.merchant.reversalOf(hold, dinner.entry), arena.merchant.increment(hold, 30_00)],
        wrong: (outcome) => {
          const [reversal, increment] = outcome.answers;
          const { held } = outcome.known.sums;
          return [
            ...onlyFor(
              [reversal, increment].flatMap((one) => one ?? []),
              ["not_last"],
            ),
            ...mustBe("the increment taken", wasTaken(increment), true),
            ...mustBe("held", held, wasTaken(reversal) ? 430_00 : 480_00),
          ];
        },
      };
    },
  },
  {
    name: "two reversals of one increment",
    at: ["computop"],
    async set(arena) {
      const hold = await arena.hold();
      const dinner = await arena.does(arena.merchant.increment(hold, 50_00));
      return {
        hold,
        submissions: [arena.merchant.reversalOf(hold, dinner.entry), arena.merchant.reversalOf(hold, dinner.entry)],
        wrong: (outcome) => [
          ...oneOf(outcome.answers, "not_reversible", "not_last"),
          ...mustBe("held", outcome.known.sums.held, 400_00),
          ...mustBe("dinner", stateOf(outcome, dinner.entry), "applied"),
        ],
      };
    },
  },
];
