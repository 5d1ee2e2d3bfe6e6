import { createTRPCClient, type TRPCClient } from "@trpc/client";
import type { AppRouter } from "@plimsoll/bff";
import { fetchLink } from "./link.ts";

/** The typed client of the BFF at `endpoint`. Its type stays inside `live/`: no public declaration shows it. */
export type Client = TRPCClient<AppRouter>;

/** `endpoint` is an absolute URL without a slash at its end; `/plimsoll/trpc` is added. */
export function client(endpoint: string, fetch = globalThis.fetch.bind(globalThis)): Client {
  return createTRPCClient<AppRouter>({ links: [fetchLink<AppRouter>(endpoint, fetch)] });
}
