import { inputs, merchantDone } from "@plimsoll/shared";
import { doneForServer } from "../answers.ts";
import { command } from "../commands.ts";
import { server } from "../trpc.ts";
import { reverseIncrement as wish } from "../wishes.ts";

/** Reverses one increment, where the gateway can. */
export const reverseIncrement = server
  .input(inputs.onStep)
  .output(merchantDone)
  .mutation(async ({ ctx, input }) => doneForServer(ctx, await command(ctx, input.hold, wish(input))));
