import { inputs, merchantDone } from "@plimsoll/shared";
import { doneForServer } from "../answers.ts";
import { command } from "../commands.ts";
import { server } from "../trpc.ts";
import { withdraw as wish } from "../wishes.ts";

/** Takes back a step that has not been sent. */
export const withdraw = server
  .input(inputs.onStep)
  .output(merchantDone)
  .mutation(async ({ ctx, input }) => doneForServer(ctx, await command(ctx, input.hold, wish(input))));
