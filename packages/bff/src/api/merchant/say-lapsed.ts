import { inputs, merchantChanged } from "@plimsoll/shared";
import { changedForServer } from "../answers.ts";
import { command } from "../commands.ts";
import { server } from "../trpc.ts";
import { sayLapsed as wish } from "../wishes.ts";

/** A person's word that the payer's bank has let go of the hold, where the gateway doesn't say so. */
export const sayLapsed = server
  .input(inputs.lapsed)
  .output(merchantChanged)
  .mutation(async ({ ctx, input }) => changedForServer(ctx, await command(ctx, input.hold, wish(input))));
