import { inputs, refuse, type IssueTokenInput } from "@plimsoll/shared";
import { isKnown } from "../../access/index.ts";
import { Refused } from "../errors.ts";
import { ownerOf, reach } from "../reach.ts";
import { server } from "../trpc.ts";

/** A token for a browser: a payer's for their holds, or a named operator's. It changes nothing, so it takes no key. */
export const issue = server
  .input(inputs.issueToken)
  .output(inputs.issuedToken)
  .mutation(async ({ ctx, input }) => {
    const { tokens, directory } = ctx.services;
    const { merchant } = ownerOf(ctx.caller);
    if (!isKnown(input.origin, directory, merchant)) throw new Refused(refuse("origin_refused", { field: "origin" }));
    if (input.holds !== "desk") await Promise.all(input.holds.map((id) => reach(ctx, id)));
    const { token, expires } = await tokens.issue({ ...ownerOf(ctx.caller), ...grantOf(input) }, input.seconds);
    return { token, expires: isoOf(expires) };
  });

function grantOf(input: IssueTokenInput) {
  const { origin } = input;
  if (input.scope === "payer") return { scope: input.scope, origin, holds: input.holds };
  const { scope, holds, operator, max } = input;
  if (max !== undefined && (!Number.isSafeInteger(max) || max <= 0)) {
    throw new Refused(refuse("invalid_amount", { field: "max" }));
  }
  return { scope, origin, holds, operator, ...(max === undefined ? {} : { max }) };
}

function isoOf(at: number): string {
  return new Date(at).toISOString();
}
