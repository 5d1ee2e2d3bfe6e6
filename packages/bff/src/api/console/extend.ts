import { inputs, staffDone } from "@plimsoll/shared";
import { doneForStaff } from "../answers.ts";
import { command } from "../commands.ts";
import { staff } from "../trpc.ts";
import { extend as wish } from "../wishes.ts";

/** Prolongs the hold without raising it, where the gateway can. */
export const extend = staff
  .input(inputs.reverse)
  .output(staffDone)
  .mutation(async ({ ctx, input }) => doneForStaff(ctx, await command(ctx, input.hold, wish(input))));
