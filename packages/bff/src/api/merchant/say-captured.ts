import { inputs, merchantDone } from "@plimsoll/shared";
import { doneForServer } from "../answers.ts";
import { command } from "../commands.ts";
import { server } from "../trpc.ts";
import { sayCaptured as wish } from "../wishes.ts";

/** A person's word on a charge that no step of ours made. */
export const sayCaptured = server
  .input(inputs.captured)
  .output(merchantDone)
  .mutation(async ({ ctx, input }) => doneForServer(ctx, await command(ctx, input.hold, wish(input))));
