import { z } from "zod";
import type { Clock } from "../../clock.ts";
import type { Gateway } from "../port.ts";
import { createWireClient } from "../wire-client.ts";
import { createComputop } from "./adapter.ts";
import { computopSettings } from "./settings.ts";

/**
 * From one account's settings as they are configured, secrets filled in, to a gateway on the real network. Throws
 * with what is wrong in the settings, never with a secret's value.
 */
export function connectComputop(
  given: Readonly<Record<string, unknown>>,
  { clock, noticesUrl }: { readonly clock: Pick<Clock, "now">; readonly noticesUrl: string },
): Gateway {
  const parsed = computopSettings.safeParse(given);
  if (!parsed.success) throw new Error(z.prettifyError(parsed.error));
  const { send } = createWireClient();
  return createComputop(parsed.data, { send, now: () => clock.now(), noticesUrl });
}
