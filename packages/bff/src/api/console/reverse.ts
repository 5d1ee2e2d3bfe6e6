import { inputs, staffDone } from "@plimsoll/shared";
import { doneForStaff } from "../answers.ts";
import { command } from "../commands.ts";
import { staff } from "../trpc.ts";
import { reverse as wish } from "../wishes.ts";

/** Releases all that is held. */
export const reverse = staff
  .input(inputs.reverse)
  .output(staffDone)
  .mutation(async ({ ctx, input }) => doneForStaff(ctx, await command(ctx, input.hold, wish(input))));
