import { refuse } from "@plimsoll/shared";
import { initTRPC } from "@trpc/server";
import type { Context, Payer, Server, Staff } from "./context.ts";
import { codes } from "@plimsoll/shared";
import { errorData, Refused } from "./errors.ts";

const SECOND = 1000;

const t = initTRPC.context<Context>().create({
  // Never a stack on the wire, whatever the environment is called.
  isDev: false,
  errorFormatter({ error, shape, ctx }) {
    const plimsoll = ctx?.report(error) ?? errorData(refuse("internal"), "");
    // tRPC takes the HTTP status from `httpStatus`: it is that of the code.
    return { message: plimsoll.message, code: shape.code, data: { httpStatus: codes[plimsoll.code].status, plimsoll } };
  },
  sse: { ping: { enabled: true, intervalMs: 15 * SECOND }, client: { reconnectAfterInactivityMs: 40 * SECOND } },
});

export const router = t.router;

/** A payer's procedures: with a hold token of payer scope, and with nothing else. */
export const payer = t.procedure.use(({ ctx, next }) => {
  const { caller } = ctx;
  if (caller.kind !== "payer") throw new Refused(refuse("forbidden"));
  return next<Context<Payer>>({ ctx: { ...ctx, caller } });
});

/** A merchant's staff: with a hold or desk token of console scope. */
export const staff = t.procedure.use(({ ctx, next }) => {
  const { caller } = ctx;
  if (caller.kind !== "console") throw new Refused(refuse("forbidden"));
  return next<Context<Staff>>({ ctx: { ...ctx, caller } });
});

/** A merchant's server: with a secret API key. */
export const server = t.procedure.use(({ ctx, next }) => {
  const { caller } = ctx;
  if (caller.kind !== "merchant") throw new Refused(refuse("forbidden"));
  return next<Context<Server>>({ ctx: { ...ctx, caller } });
});
