import { BASE, STEP, type Case } from "../case.ts";
import { expectListed } from "../listing.ts";

/** The gateway's own list, where it has one. */
export const listing: readonly Case[] = [
  {
    name: "its list shows what was opened, also behind our back",
    missing: ({ gateway }) => (gateway.list ? undefined : "no list is documented"),
    async run(trial) {
      const since = trial.clock.now();
      await trial.open(BASE);
      await trial.add(STEP);
      const other = trial.another();
      await other.open(BASE);
      await other.capture(BASE);
      const declined = trial.another();
      declined.fault("authorize", { do: "outcome", outcome: trial.conforming.outcomes.declined });
      await declined.open(BASE);
      await expectListed(trial, since);
      await other.end();
      await declined.end();
    },
  },
  {
    name: "its list is whole over several pages and days, or says that it can't be had",
    missing: ({ gateway }) => (gateway.list ? undefined : "no list is documented"),
    async run(trial) {
      const since = trial.clock.now();
      const others = Array.from({ length: 55 }, () => trial.another());
      for (const [index, one] of others.entries()) {
        if (index === 30) trial.clock.passes(26 * 3_600_000);
        await one.open(BASE);
        await one.end();
      }
      await expectListed(trial, since);
    },
  },
];
