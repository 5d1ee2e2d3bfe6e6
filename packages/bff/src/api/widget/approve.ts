import { inputs, payerDone, type ApproveInput } from "@plimsoll/shared";
import type { Hold } from "../../hold/index.ts";
import { doneForPayer } from "../answers.ts";
import { actorOf, submit } from "../commands.ts";
import { reach } from "../reach.ts";
import { payer } from "../trpc.ts";

/** The payer's yes: to this hold, not above the total that was shown. */
export const approve = payer
  .input(inputs.approve)
  .output(payerDone)
  .mutation(async ({ ctx, input }) => {
    const hold = await reach(ctx, input.hold);
    const { question: entry, amount, total } = input;
    const said = { amount, total, how: "in_element", shown: shownTo(hold, input) } as const;
    const by = actorOf(ctx.caller);
    return doneForPayer(
      ctx,
      await submit(ctx, input.hold, { hold: input.hold, command: { do: "approve", entry, by, ...said } }),
    );
  });

/** The record of what was in front of the payer when they said yes: a record, not a proof. */
function shownTo({ terms, entries }: Hold, { question, amount, total, version }: ApproveInput): string {
  const { currency, exponent } = terms;
  const reason = entries.find(({ id }) => id === question)?.reason ?? null;
  return JSON.stringify({ amount, total, currency, exponent, reason, version });
}
