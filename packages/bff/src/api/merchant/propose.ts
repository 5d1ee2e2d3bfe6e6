import { inputs, merchantDone } from "@plimsoll/shared";
import { doneForServer } from "../answers.ts";
import { command } from "../commands.ts";
import { server } from "../trpc.ts";
import { propose as wish } from "../wishes.ts";

/** Asks the payer for a raise: it waits for their yes. */
export const propose = server
  .input(inputs.propose)
  .output(merchantDone)
  .mutation(async ({ ctx, input }) => doneForServer(ctx, await command(ctx, input.hold, wish(input))));
