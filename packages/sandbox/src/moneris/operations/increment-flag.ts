import { invalidValue } from "../problems.ts";
import type { MonerisReadings } from "../readings.ts";
import type { CreateRequest } from "../requests.ts";

type Flag = CreateRequest["incrementalAuthorization"];
type Form = "boolean" | "object-incremental" | "object-increment";

/**
 * Does the request mark its payment as one that can grow?
 * @throws WireRefusal for a form that this version does not have, unless it ignores what it does not know
 */
export function marksIncrementable(flag: Flag, readings: MonerisReadings): boolean {
  if (flag === undefined) return false;
  const wanted = readings.get("flagForm");
  const form = formOf(flag);
  if (form !== null && (wanted === "any" || wanted === form)) return saysYes(flag);
  if (readings.get("otherFlagForm") === "ignored") return false;
  throw invalidValue("incrementalAuthorization", flag, "This version has the flag in another form.");
}

function formOf(flag: NonNullable<Flag>): Form | null {
  if (typeof flag === "boolean") return "boolean";
  if (flag.incrementalAuthorizationIndicator !== undefined) return "object-incremental";
  return flag.incrementAuthorizationIndicator === undefined ? null : "object-increment";
}

function saysYes(flag: NonNullable<Flag>): boolean {
  if (typeof flag === "boolean") return flag;
  return flag.incrementalAuthorizationIndicator ?? flag.incrementAuthorizationIndicator ?? false;
}
