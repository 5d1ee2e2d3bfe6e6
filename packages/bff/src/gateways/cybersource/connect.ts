import { v4 } from "uuid";
import { z } from "zod";
import type { AccountParts } from "../parts.ts";
import type { Gateway } from "../port.ts";
import { createCyberSource } from "./adapter.ts";
import { cyberSourceSettings } from "./settings.ts";

/**
 * From one account's settings as they are configured, secrets filled in, to a gateway that can be asked. Throws
 * with what is wrong in the settings, never with a secret's value.
 */
export function connectCyberSource(
  given: Readonly<Record<string, unknown>>,
  { send, clock, bytes }: AccountParts,
): Gateway {
  const parsed = cyberSourceSettings.safeParse(given);
  if (!parsed.success) throw new Error(z.prettifyError(parsed.error));
  return createCyberSource(parsed.data, {
    send,
    now: clock.now,
    randomUUID: () => v4({ random: bytes(16) }),
  });
}
