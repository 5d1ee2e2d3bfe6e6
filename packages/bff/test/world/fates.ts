import type { WireRequest } from "../../src/gateways/wire-client.ts";
import type { Chance } from "./chance.ts";
import type { WorldAccount } from "./gateways.ts";
import { raiseOf } from "./network.ts";
import { calmFate, drawFate, SILENCE, type Fate, type Meets, type Schedule } from "./schedule.ts";
import type { Timeline } from "./timeline.ts";

interface Parts {
  readonly timeline: Timeline;
  readonly chance: Chance;
  readonly schedule: Schedule;
  readonly calm: () => boolean;
}

/** What becomes of each request in this world. */
export function fates({ timeline, chance, schedule, calm }: Parts): (request: WireRequest, at: WorldAccount) => Fate {
  const { outage } = schedule;
  const begins = timeline.now + (outage?.after ?? 0);
  const ends = begins + (outage?.lasts ?? 0);
  const silent = () => timeline.now >= begins && timeline.now < ends;
  return (request, account) => {
    if (calm()) return calmFate(chance);
    if (silent()) return chance.percent(50) ? SILENCE : { ...SILENCE, connects: null };
    // An opening mostly goes well, or there would be little to see.
    if (raiseOf(request) === "authorize" && chance.percent(60)) return calmFate(chance);
    return drawFate(chance, schedule, { ...account, verdicts: verdictsOn(request, account) });
  };
}

/** What an issuer may say besides yes. */
function verdictsOn(request: WireRequest, { partialApproval }: WorldAccount): Meets[] {
  const raise = raiseOf(request);
  if (raise === undefined) return [];
  return ["declined", "declined", ...(partialApproval[raise] ? (["partial"] as const) : [])];
}
