import type { Watcher } from "../live/index.ts";
import type { Context } from "./context.ts";

/** Who watches, until the token's `exp` (seconds since 1970), until they leave, or until the service stops. */
export function watcherOf({ services }: Context, exp: number, left: AbortSignal | undefined): Watcher {
  const { hub, store, clock, closing } = services;
  return { hub, store, clock, expires: exp * 1000, signal: left ? AbortSignal.any([left, closing]) : closing };
}
