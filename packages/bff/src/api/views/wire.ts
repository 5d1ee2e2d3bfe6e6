import { codes, type Permission } from "@plimsoll/shared";
import type { Decision, Instant, Point } from "../../hold/index.ts";

export function isoOf(at: Instant): string {
  return new Date(at).toISOString();
}

export function isoOrNull(at: Instant | null): string | null {
  return at === null ? null : isoOf(at);
}

export function pointOf({ at, estimated }: Point): { at: string; estimated: boolean } {
  return { at: isoOf(at), estimated };
}

/** A decision about a probing command, as what a viewer may do and, if not, why in words. */
export function permissionOf(decision: Decision): Permission {
  if (!("refused" in decision)) return { ok: true };
  const { code } = decision.refused;
  return { ok: false, code, reason: codes[code].sentence };
}
