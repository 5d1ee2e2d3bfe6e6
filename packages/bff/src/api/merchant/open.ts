import { inputs, merchantDone, refuse, type OpenInput } from "@plimsoll/shared";
import type { Submission } from "../../driver/index.ts";
import { doneForServer } from "../answers.ts";
import { made, submit } from "../commands.ts";
import type { Context, Server } from "../context.ts";
import { Refused } from "../errors.ts";
import { accountOf, ceilingOf, guardPayment, termsOf } from "../opening.ts";
import { server } from "../trpc.ts";

/** Places a hold with the gateway's own payment token. */
export const open = server
  .input(inputs.open)
  .output(merchantDone)
  .mutation(async ({ ctx, input }) => {
    guardPayment(input);
    const account = accountOf(ctx, input.account);
    const payer = await payerOf(ctx, input);
    if (!account.gateway.means.includes(payer.means.by)) throw new Refused(refuse("payment_unsupported"));
    const terms = termsOf(ctx, account, input);
    const { id: hold, merchant, mode, gateway, order } = terms;
    const { amount, reason, besides } = input;
    const ceiling = ceilingOf(input, terms.openedAt);
    const done = await submit(ctx, "", {
      hold,
      command: { do: "open", ...made(ctx), terms, ceiling, amount, reason: reason ?? null },
      order: { merchant, mode, gateway, order, besides },
      payer,
    });
    return doneForServer(ctx, done);
  });

/** How the payer pays. A one-time token is a secret: only its sealed form is kept, until it is sent. */
async function payerOf(ctx: Context<Server>, { payment, authentication = {} }: OpenInput) {
  const payer = (means: NonNullable<Submission["payer"]>["means"], sealed: string | null) => ({ means, sealed });
  if ("token" in payment) return payer({ by: "token", authentication }, await ctx.services.seal.seal(payment.token));
  if ("page" in payment) return payer({ by: "page", back: payment.page }, null);
  if ("customer" in payment) return payer({ by: "customer", id: payment.customer, authentication }, null);
  return payer({ by: "instrument", id: payment.instrument, authentication }, null);
}
