import { inputs, merchantDone } from "@plimsoll/shared";
import { doneForServer } from "../answers.ts";
import { command } from "../commands.ts";
import { server } from "../trpc.ts";
import { correct as wish } from "../wishes.ts";

/** Sets the sums right after the gateway's books and ours disagreed. */
export const correct = server
  .input(inputs.correct)
  .output(merchantDone)
  .mutation(async ({ ctx, input }) => doneForServer(ctx, await command(ctx, input.hold, wish(input))));
