import { inputs, payerAnswer } from "@plimsoll/shared";
import { toPayer } from "../answers.ts";
import { meant, reach } from "../reach.ts";
import { payer } from "../trpc.ts";

/** The hold as it stands: what an element paints from, before it watches. */
export const hold = payer
  .input(inputs.mine)
  .output(payerAnswer)
  .query(async ({ ctx, input }) => toPayer(ctx, await reach(ctx, meant(ctx.caller.claims.holds, input?.hold))));
