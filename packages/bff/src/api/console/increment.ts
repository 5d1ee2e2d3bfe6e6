import { inputs, staffDone } from "@plimsoll/shared";
import { doneForStaff } from "../answers.ts";
import { command } from "../commands.ts";
import { staff } from "../trpc.ts";
import { increment as wish } from "../wishes.ts";

/** Raises the hold. More than the agreed ceiling is refused: then ask the payer. */
export const increment = staff
  .input(inputs.increment)
  .output(staffDone)
  .mutation(async ({ ctx, input }) => doneForStaff(ctx, await command(ctx, input.hold, wish(input))));
