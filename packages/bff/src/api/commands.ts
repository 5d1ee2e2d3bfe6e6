import { requestKey } from "../access/index.ts";
import type { Submission } from "../driver/index.ts";
import type { Actor, Hold } from "../hold/index.ts";
import type { Caller, Context } from "./context.ts";
import { accepted } from "./errors.ts";
import { ownerOf, reach } from "./reach.ts";
import type { Wish } from "./wishes.ts";

/** What a command left: the hold, the step it made or was about, and whether its key had been used before. */
export interface Done {
  readonly hold: Hold;
  readonly step: string;
  readonly replayed: boolean;
}

/** Submits a wish about a hold that this caller may see, or throws the refusal. */
export async function command(context: Context, id: string, wish: Wish): Promise<Done> {
  const hold = await reach(context, id);
  return submit(context, hold.terms.id, { hold: hold.terms.id, command: wish(made(context)) });
}

/** Submits under the request's idempotency key. `about` tells apart whose keys they are where the credential does not. */
export async function submit(context: Context, about: string, submission: Submission): Promise<Done> {
  const { caller, procedure, body, key: header } = context;
  const subject = subjectOf(caller, about);
  const key = accepted(requestKey({ ...ownerOf(caller), subject, procedure, body, header }));
  const { hold, entry, replayed } = accepted(await context.services.driver.submit({ ...submission, key }));
  return { hold, step: entry, replayed };
}

export function made({ services, caller }: Context): { entry: string; by: Actor } {
  return { entry: services.ids.entry(), by: actorOf(caller) };
}

export function actorOf(caller: Caller): Actor {
  switch (caller.kind) {
    case "payer":
      return { kind: "payer", name: "payer" };
    case "console": {
      const { operator, max } = caller.claims;
      return { kind: "console", name: operator, ...(max === undefined ? {} : { max }) };
    }
    case "merchant":
      return { kind: "merchant", name: caller.key.name };
  }
}

/** A renewed token is the same person: payers by the hold that they answer about, staff by their name. */
function subjectOf(caller: Caller, about: string): string {
  switch (caller.kind) {
    case "payer":
      return about;
    case "console":
      return caller.claims.operator;
    case "merchant":
      return "";
  }
}
