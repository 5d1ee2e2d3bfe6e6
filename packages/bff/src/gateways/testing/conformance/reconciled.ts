import type { Instant } from "../../../hold/index.ts";
import { reconcile, type Line } from "../../../reconcile/index.ts";
import type { Trial } from "./trial.ts";

/** What `plimsoll reconcile` says once the gateway's books have had the time that they may lag behind. */
export async function reconciled(trial: Trial, since: Instant): Promise<readonly Line[]> {
  const { clock, inFlight, gateway, capabilities } = trial;
  clock.passes((capabilities.recovery.lookUp?.lag ?? 0) + 1_000);
  const account = { id: "account", merchant: "harbor", mode: "test", gateway } as const;
  const lines: Line[] = [];
  const going = (async () => {
    for await (const told of reconcile(trial, account, { from: since, until: clock.now() }))
      if (told.is === "line") lines.push(told);
    return true;
  })();
  for (let isOver = false; !isOver; clock.passes(250)) {
    await inFlight.ended();
    isOver = await Promise.race([going, Promise.resolve(false)]);
  }
  return lines;
}
