import { inputs, staffDone } from "@plimsoll/shared";
import { doneForStaff } from "../answers.ts";
import { command } from "../commands.ts";
import { staff } from "../trpc.ts";
import { capture as wish } from "../wishes.ts";

/** Charges what is on hold, in part or for good. */
export const capture = staff
  .input(inputs.capture)
  .output(staffDone)
  .mutation(async ({ ctx, input }) => doneForStaff(ctx, await command(ctx, input.hold, wish(input))));
