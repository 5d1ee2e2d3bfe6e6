import { v4 } from "uuid";
import { z } from "zod";
import type { Clock } from "../../clock.ts";
import type { Gateway } from "../port.ts";
import { createWireClient } from "../wire-client.ts";
import { createMoneris } from "./adapter.ts";
import { monerisSettings } from "./settings.ts";

/**
 * From one account's settings as they are configured, secrets filled in, to a gateway on the real network. Throws
 * with what is wrong in the settings, never with a secret's value.
 */
export function connectMoneris(
  given: Readonly<Record<string, unknown>>,
  { clock, bytes }: { readonly clock: Pick<Clock, "now">; readonly bytes: (count: number) => Uint8Array },
): Gateway {
  const parsed = monerisSettings.safeParse(given);
  if (!parsed.success) throw new Error(z.prettifyError(parsed.error));
  const { send } = createWireClient();
  return createMoneris(parsed.data, { send, now: () => clock.now(), randomUUID: () => v4({ random: bytes(16) }) });
}
