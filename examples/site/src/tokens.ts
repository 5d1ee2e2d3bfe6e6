import type { Environment } from "./environment.ts";
import type { Plimsoll } from "./plimsoll.ts";
import type { Visit } from "./visits.ts";

/** For `token-from` of <plimsoll-hold>. Who may see a hold is the merchant's to know; here, whoever has the link. */
export function payerToken(plimsoll: Plimsoll, { origin }: Environment) {
  return ({ hold }: Visit) => plimsoll.tokens.issue.mutate({ scope: "payer", holds: [needed(hold)], origin });
}

/** For `token-from` of <plimsoll-console>: behind the staff's own sign-in on a real site. */
export function deskToken(plimsoll: Plimsoll, { origin }: Environment, operator: string) {
  return ({ hold }: Visit) =>
    plimsoll.tokens.issue.mutate({ scope: "console", holds: [needed(hold)], origin, operator, max: 100_000 });
}

function needed(hold: string | null): string {
  if (hold === null) throw new Error("No hold has been opened yet.");
  return hold;
}
