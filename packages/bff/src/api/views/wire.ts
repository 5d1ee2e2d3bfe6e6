import { codes, type Permission } from "@plimsoll/shared";
import type { Decision, Instant } from "../../hold/index.ts";

export function isoOf(at: Instant): string {
  return new Date(at).toISOString();
}

export function isoOrNull(at: Instant | null): string | null {
  return at === null ? null : isoOf(at);
}

/** A decision about a probing command, as what a viewer may do and, if not, why in words. */
export function permissionOf(decision: Decision): Permission {
  if (!("refused" in decision)) return { ok: true };
  const { code } = decision.refused;
  return { ok: false, code, reason: codes[code].sentence };
}
