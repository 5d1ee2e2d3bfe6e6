import { inputs, merchantChanged } from "@plimsoll/shared";
import { changedForServer } from "../answers.ts";
import { command } from "../commands.ts";
import { server } from "../trpc.ts";

/** A person's word that the payer's bank has let go of the hold, where the gateway doesn't say so. */
export const sayLapsed = server
  .input(inputs.lapsed)
  .output(merchantChanged)
  .mutation(async ({ ctx, input: { hold, evidence } }) => {
    const done = await command(ctx, hold, ({ by }) => ({ do: "say_lapsed", by, evidence }));
    return changedForServer(ctx, done);
  });
