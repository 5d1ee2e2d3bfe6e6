import type { AppRouter } from "@plimsoll/bff";
import { createTRPCClient, httpLink, type TRPCClient } from "@trpc/client";

/** Plimsoll's door for a merchant's server: the secret API key, and an idempotency key with each command. */
export function connect(url: string, key: string): TRPCClient<AppRouter> {
  return createTRPCClient<AppRouter>({
    links: [
      httpLink({
        url: `${url}/plimsoll/trpc`,
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
}
