import { inputs, staffDone } from "@plimsoll/shared";
import { doneForStaff } from "../answers.ts";
import { command } from "../commands.ts";
import { staff } from "../trpc.ts";
import { withdraw as wish } from "../wishes.ts";

/** Takes back a step that has not been sent. */
export const withdraw = staff
  .input(inputs.onStep)
  .output(staffDone)
  .mutation(async ({ ctx, input }) => doneForStaff(ctx, await command(ctx, input.hold, wish(input))));
