import { inputs, payerDone } from "@plimsoll/shared";
import { doneForPayer } from "../answers.ts";
import { command } from "../commands.ts";
import { payer } from "../trpc.ts";

/** The payer's no: nothing is added. */
export const deny = payer
  .input(inputs.deny)
  .output(payerDone)
  .mutation(async ({ ctx, input }) => {
    const { hold, question: entry } = input;
    return doneForPayer(ctx, await command(ctx, hold, ({ by }) => ({ do: "deny", entry, by })));
  });
