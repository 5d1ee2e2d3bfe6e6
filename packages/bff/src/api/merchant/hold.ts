import { inputs, merchantAnswer } from "@plimsoll/shared";
import { toServer } from "../answers.ts";
import { reach } from "../reach.ts";
import { server } from "../trpc.ts";

/** One hold as it stands. */
export const hold = server
  .input(inputs.one)
  .output(merchantAnswer)
  .query(async ({ ctx, input }) => toServer(ctx, await reach(ctx, input.hold)));
