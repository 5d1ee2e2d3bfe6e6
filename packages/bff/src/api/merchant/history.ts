import { inputs, merchantHistory } from "@plimsoll/shared";
import { reach } from "../reach.ts";
import { server } from "../trpc.ts";

/** Everything that happened to a hold, for support. */
export const history = server
  .input(inputs.one)
  .output(merchantHistory)
  .query(async ({ ctx, input }) => {
    const { terms } = await reach(ctx, input.hold);
    const recorded = await ctx.services.store.history(terms.id);
    return {
      events: recorded.map(({ seq, at, actor, cause, event }) => ({
        seq,
        at: new Date(at).toISOString(),
        by: actor?.name ?? null,
        cause,
        type: event.type,
        event: { ...event },
      })),
    };
  });
