import { inputs, merchantDone, type AdoptInput } from "@plimsoll/shared";
import type { Gateway, Payment } from "../../gateways/port.ts";
import type { Snapshot, Terms } from "../../hold/index.ts";
import { PAYMENT } from "../../store/store.ts";
import { doneForServer } from "../answers.ts";
import { made, submit } from "../commands.ts";
import type { Context, Server } from "../context.ts";
import { accountOf, ceilingOf, termsOf } from "../opening.ts";
import { server } from "../trpc.ts";

/** Takes an authorization that the merchant already has, as the gateway's own books show it. */
export const adopt = server
  .input(inputs.adopt)
  .output(merchantDone)
  .mutation(async ({ ctx, input }) => {
    const account = accountOf(ctx, input.account);
    const terms = termsOf(ctx, account, input);
    const { id: hold, openedAt } = terms;
    const { payment } = input;
    const ceiling = ceilingOf(input, openedAt);
    const snapshot = approvedBy(await read(ctx, account.gateway, terms, payment), input);
    const command = { do: "adopt", ...made(ctx), terms, ceiling, payment, snapshot, reason: null } as const;
    return doneForServer(ctx, await submit(ctx, "", { hold, command }));
  });

/** When it was approved: as the gateway's books say and, where they don't, as the merchant says. */
function approvedBy(snapshot: Snapshot, { approved }: AdoptInput): Snapshot {
  if (snapshot.is === "cannot" || approved === undefined) return snapshot;
  return { approvedAt: Date.parse(approved), ...snapshot };
}

/** The longest that a read may take, in milliseconds. */
const LONGEST = 20_000;

async function read({ services }: Context<Server>, gateway: Gateway, terms: Terms, payment: string): Promise<Snapshot> {
  const { id: hold, order, currency, exponent } = terms;
  const asked: Payment = { hold, order, currency, exponent, references: { [PAYMENT]: payment } };
  const abort = new AbortController();
  const cancel = services.clock.after(LONGEST, () => abort.abort());
  try {
    return await gateway.read(asked, abort.signal);
  } catch {
    return { is: "cannot", cause: "the read failed" };
  } finally {
    cancel();
  }
}
