import { inputs, payerAnswer } from "@plimsoll/shared";
import { tracked } from "@trpc/server";
import { watchHolds } from "../../live/index.ts";
import { toPayer } from "../answers.ts";
import { streamed } from "../streamed.ts";
import { payer } from "../trpc.ts";
import { watcherOf } from "../watcher.ts";

/** Every hold of the token on one stream: what the viewer does not have yet, then each change. */
export const watch = payer
  .input(inputs.watch)
  .output(streamed(payerAnswer))
  .subscription(async function* ({ ctx, input, signal }) {
    const { holds, exp } = ctx.caller.claims;
    for await (const { id, hold } of watchHolds(watcherOf(ctx, exp, signal), holds, input?.lastEventId)) {
      yield tracked(id, toPayer(ctx, hold));
    }
  });
