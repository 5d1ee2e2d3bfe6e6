import { inputs, merchantDone } from "@plimsoll/shared";
import { doneForServer } from "../answers.ts";
import { command } from "../commands.ts";
import { server } from "../trpc.ts";
import { increment as wish } from "../wishes.ts";

/** Raises the hold. More than the agreed ceiling is refused: then ask the payer. */
export const increment = server
  .input(inputs.increment)
  .output(merchantDone)
  .mutation(async ({ ctx, input }) => doneForServer(ctx, await command(ctx, input.hold, wish(input))));
