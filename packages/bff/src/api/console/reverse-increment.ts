import { inputs, staffDone } from "@plimsoll/shared";
import { doneForStaff } from "../answers.ts";
import { command } from "../commands.ts";
import { staff } from "../trpc.ts";
import { reverseIncrement as wish } from "../wishes.ts";

/** Reverses one increment, where the gateway can. */
export const reverseIncrement = staff
  .input(inputs.onStep)
  .output(staffDone)
  .mutation(async ({ ctx, input }) => doneForStaff(ctx, await command(ctx, input.hold, wish(input))));
