import { inputs, merchantDone } from "@plimsoll/shared";
import { doneForServer } from "../answers.ts";
import { command } from "../commands.ts";
import { server } from "../trpc.ts";
import { extend as wish } from "../wishes.ts";

/** Prolongs the hold without raising it, where the gateway can. */
export const extend = server
  .input(inputs.reverse)
  .output(merchantDone)
  .mutation(async ({ ctx, input }) => doneForServer(ctx, await command(ctx, input.hold, wish(input))));
