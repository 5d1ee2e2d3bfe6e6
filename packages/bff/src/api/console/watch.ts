import { inputs, staffUpdate } from "@plimsoll/shared";
import { tracked } from "@trpc/server";
import { watchDesk, watchHolds } from "../../live/index.ts";
import { listForStaff } from "../answers.ts";
import { streamed } from "../streamed.ts";
import { staff } from "../trpc.ts";
import { watcherOf } from "../watcher.ts";

/** The token's holds on one stream. A desk's first message is all of it, also for a viewer that comes back. */
export const watch = staff
  .input(inputs.watch)
  .output(streamed(staffUpdate))
  .subscription(async function* ({ ctx, input, signal }) {
    const { holds: named, merchant, mode, exp } = ctx.caller.claims;
    const watcher = watcherOf(ctx, exp, signal);
    if (named !== "desk") {
      for await (const { id, hold } of watchHolds(watcher, named, input?.lastEventId)) {
        yield tracked(id, { ...listForStaff(ctx, [hold]), complete: false });
      }
      return;
    }
    for await (const { holds, complete } of watchDesk(watcher, merchant, mode)) {
      yield tracked("desk", { ...listForStaff(ctx, holds), complete });
    }
  });
