import { inputs, receipt as answer } from "@plimsoll/shared";
import { receiptFor } from "../answers.ts";
import { meant, reach } from "../reach.ts";
import { payer } from "../trpc.ts";

/** What the payer can give to their bank. */
export const receipt = payer
  .input(inputs.mine)
  .output(answer)
  .query(async ({ ctx, input }) => receiptFor(ctx, await reach(ctx, meant(ctx.caller.claims.holds, input?.hold))));
