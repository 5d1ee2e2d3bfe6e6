import { staffList } from "@plimsoll/shared";
import { DESK } from "../../live/index.ts";
import { listForStaff } from "../answers.ts";
import { reach } from "../reach.ts";
import { staff } from "../trpc.ts";

/** The holds of the token; for a desk all open ones of the merchant, oldest first. */
export const holds = staff.output(staffList).query(async ({ ctx }) => {
  const { holds: named, merchant, mode } = ctx.caller.claims;
  const { store } = ctx.services;
  const all =
    named === "desk"
      ? await store.openHolds(merchant, mode, DESK)
      : await Promise.all(named.map((id) => reach(ctx, id)));
  return listForStaff(ctx, all);
});
