import type { AppRouter } from "@plimsoll/bff";
import { createTRPCClient, httpLink, type TRPCClient } from "@trpc/client";
import type { inferRouterOutputs } from "@trpc/server";

export type Plimsoll = TRPCClient<AppRouter>["merchant"]["v1"];

/** A hold as the merchant's server sees it. */
export type Hold = inferRouterOutputs<AppRouter>["merchant"]["v1"]["hold"]["hold"];

/** Plimsoll's door for a merchant's server: the secret API key, and an idempotency key with each command. */
export function connect({ plimsoll, key }: { readonly plimsoll: string; readonly key: string }): Plimsoll {
  const client = createTRPCClient<AppRouter>({
    links: [
      httpLink({
        url: `${plimsoll}/plimsoll/trpc`,
        headers: ({ op }) => {
          const { key: idempotencyKey } = op.context;
          return {
            authorization: `Bearer ${key}`,
            ...(typeof idempotencyKey === "string" ? { "idempotency-key": idempotencyKey } : {}),
          };
        },
      }),
    ],
  });
  return client.merchant.v1;
}

/** The same key for the same click: sent twice, it is done once. */
export function idempotently(...key: readonly unknown[]): { context: { key: string } } {
  return { context: { key: key.join(" ") } };
}
