import { z } from "zod";
import type { AccountParts } from "../parts.ts";
import type { Gateway } from "../port.ts";
import { createComputop } from "./adapter.ts";
import { computopSettings } from "./settings.ts";

/**
 * From one account's settings as they are configured, secrets filled in, to a gateway that can be asked. Throws
 * with what is wrong in the settings, never with a secret's value.
 */
export function connectComputop(
  given: Readonly<Record<string, unknown>>,
  { send, clock, noticesUrl }: AccountParts,
): Gateway {
  const parsed = computopSettings.safeParse(given);
  if (!parsed.success) throw new Error(z.prettifyError(parsed.error));
  return createComputop(parsed.data, { send, ...clock, noticesUrl });
}
