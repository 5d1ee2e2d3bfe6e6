import { inputs, merchantDone } from "@plimsoll/shared";
import { doneForServer } from "../answers.ts";
import { command } from "../commands.ts";
import { server } from "../trpc.ts";
import { reverse as wish } from "../wishes.ts";

/** Releases all that is held. */
export const reverse = server
  .input(inputs.reverse)
  .output(merchantDone)
  .mutation(async ({ ctx, input }) => doneForServer(ctx, await command(ctx, input.hold, wish(input))));
