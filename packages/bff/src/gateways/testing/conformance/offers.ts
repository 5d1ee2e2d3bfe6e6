import type { OperationKind } from "../../../hold/index.ts";
import type { About } from "./conforming.ts";

/*
 * Why a gateway is not put through a case, by what it declares; undefined where it is.
 */

export function noExtension({ capabilities }: About): string | undefined {
  return capabilities.extension ? undefined : "it prolongs nothing";
}

export function notLookedUp(kind: OperationKind, { capabilities }: About): string | undefined {
  return capabilities.recovery.lookUp?.of.includes(kind) === true ? undefined : "it can't be looked up";
}

export function notUndone({ capabilities }: About): string | undefined {
  return capabilities.recovery.undo?.of.includes("authorize") === true ? undefined : "it undoes nothing";
}

export function unreadable({ capabilities }: About): string | undefined {
  return capabilities.readable ? undefined : "its payments can't be read";
}
