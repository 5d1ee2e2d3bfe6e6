import { inputs, merchantChanged } from "@plimsoll/shared";
import { changedForServer } from "../answers.ts";
import { command } from "../commands.ts";
import { server } from "../trpc.ts";

/** The test clock of a hold in test mode: it is older now, and what was to come is nearer. No gateway hears of it. */
export const passTime = server
  .input(inputs.passTime)
  .output(merchantChanged)
  .mutation(async ({ ctx, input }) => {
    const done = await command(ctx, input.hold, ({ by }) => ({ do: "pass_time", by, ms: input.seconds * 1000 }));
    return changedForServer(ctx, done);
  });
