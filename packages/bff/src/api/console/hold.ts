import { inputs, staffAnswer } from "@plimsoll/shared";
import { toStaff } from "../answers.ts";
import { reach } from "../reach.ts";
import { staff } from "../trpc.ts";

/** One hold as it stands. */
export const hold = staff
  .input(inputs.one)
  .output(staffAnswer)
  .query(async ({ ctx, input }) => toStaff(ctx, await reach(ctx, input.hold)));
