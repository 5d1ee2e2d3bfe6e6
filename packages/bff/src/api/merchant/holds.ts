import { merchantList } from "@plimsoll/shared";
import { DESK } from "../../live/index.ts";
import { viewForServer } from "../answers.ts";
import { server } from "../trpc.ts";

/** The merchant's open holds, oldest first. */
export const holds = server.output(merchantList).query(async ({ ctx }) => {
  const { merchant, mode } = ctx.caller.key;
  const all = await ctx.services.store.openHolds(merchant, mode, DESK);
  return { holds: all.map((hold) => viewForServer(ctx, hold)) };
});
