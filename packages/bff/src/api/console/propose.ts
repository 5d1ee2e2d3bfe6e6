import { inputs, staffDone } from "@plimsoll/shared";
import { doneForStaff } from "../answers.ts";
import { command } from "../commands.ts";
import { staff } from "../trpc.ts";
import { propose as wish } from "../wishes.ts";

/** Asks the payer for a raise: it waits for their yes. */
export const propose = staff
  .input(inputs.propose)
  .output(staffDone)
  .mutation(async ({ ctx, input }) => doneForStaff(ctx, await command(ctx, input.hold, wish(input))));
