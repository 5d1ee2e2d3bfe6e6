import type { StaffView } from "@plimsoll/shared";
import {
  AT_THE_DOOR,
  capturableNow,
  incrementsLeft,
  raisingRefusal,
  reachedTotal,
  type Actor,
  type Hold,
  type Instant,
} from "../../hold/index.ts";

/** Up to how much a viewer may raise and capture now, in minor units; nothing where the hold itself takes none. */
export function limitsOf(hold: Hold, viewer: Actor, now: Instant): StaffView["limits"] {
  const raises = raisingRefusal(hold, now) === undefined;
  return {
    raise: raises ? raiseLimit(hold, viewer) : 0,
    capture: least(hold, [capturableNow(hold, now), viewer.max]) ?? 0,
    incrementsLeft: raises ? incrementsLeft(hold, AT_THE_DOOR) : 0,
  };
}

function raiseLimit(hold: Hold, viewer: Actor): number | null {
  const { ceiling, terms } = hold;
  const room = ceiling && Math.max(0, ceiling.amount - reachedTotal(hold, { amount: 0, ...AT_THE_DOOR }));
  return least(hold, [room, viewer.max, terms.capabilities.greatest]);
}

/** In steps that the gateway takes; null where there is no limit. */
function least({ terms }: Hold, limits: readonly (number | null | undefined)[]): number | null {
  const known = limits.filter((limit) => typeof limit === "number");
  const { step } = terms.capabilities;
  return known.length === 0 ? null : Math.floor(Math.min(...known) / step) * step;
}
