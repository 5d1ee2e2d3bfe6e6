import { v4 } from "uuid";
import { z } from "zod";
import type { AccountParts } from "../parts.ts";
import type { Gateway } from "../port.ts";
import { createMoneris } from "./adapter.ts";
import { monerisSettings } from "./settings.ts";

/**
 * From one account's settings as they are configured, secrets filled in, to a gateway that can be asked. Throws
 * with what is wrong in the settings, never with a secret's value.
 */
export function connectMoneris(
  given: Readonly<Record<string, unknown>>,
  { send, clock, bytes }: AccountParts,
): Gateway {
  const parsed = monerisSettings.safeParse(given);
  if (!parsed.success) throw new Error(z.prettifyError(parsed.error));
  return createMoneris(parsed.data, { send, ...clock, randomUUID: () => v4({ random: bytes(16) }) });
}
