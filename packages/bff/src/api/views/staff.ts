import type { StaffView } from "@plimsoll/shared";
import type { MerchantConfig } from "../../config.ts";
import {
  authorization,
  decide,
  doubtfulOperation,
  expiryOf,
  hasEnded,
  type Actor,
  type Command,
  type Hold,
  type Instant,
} from "../../hold/index.ts";
import { attentionOf } from "./attention.ts";
import { sharedView } from "./hold.ts";
import { limitsOf } from "./limits.ts";
import { staffStepOf } from "./steps.ts";
import { permissionOf, pointOf } from "./wire.ts";

/** The hold as merchant staff see it, with what this viewer may do and up to how much. */
export function staffView(hold: Hold, merchant: MerchantConfig, viewer: Actor, now: Instant): StaffView {
  const shared = sharedView(hold, merchant, now);
  const { label, order, gateway, profile } = hold.terms;
  const doubtful = doubtfulOperation(hold, now);
  return {
    ...shared,
    steps: hold.entries.map((entry) => staffStepOf(hold, entry, viewer, now)),
    label,
    order,
    gateway,
    profile,
    bankMayFree: bankMayFree(hold),
    restLapses: hold.terms.capabilities.releaseAtCapture === "lapses",
    attention: attentionOf(hold, shared, now),
    limits: limitsOf(hold, viewer, now),
    doubtful: doubtful ? { step: doubtful.entry, amount: doubtful.delta } : null,
    can: canOf(hold, doubtful?.entry, viewer, now),
  };
}

function bankMayFree(hold: Hold): StaffView["bankMayFree"] {
  const freed = hasEnded(hold) ? undefined : expiryOf(hold)?.bankMayFreeFrom;
  return freed ? pointOf(freed) : null;
}

/** The rules themselves are asked, with the smallest amount that the gateway takes. */
function canOf(hold: Hold, doubtful: string | undefined, viewer: Actor, now: Instant): StaffView["can"] {
  const { currency, capabilities } = hold.terms;
  const wish = { entry: "", by: viewer, reason: null };
  const least = { amount: capabilities.step, currency };
  const may = (command: Command) => permissionOf(decide(hold, command, now));
  return {
    increment: may({ do: "increment", ...wish, ...least, line: null, notBefore: null }),
    propose: may({ do: "propose", ...wish, ...least, line: null, until: null }),
    capture: may({ do: "capture", ...wish, ...least, final: true, leaveDoubt: true, acceptLate: true }),
    reverse: may({ do: "reverse", ...wish }),
    extend: may({ do: "extend", ...wish }),
    resolve: may({
      do: "resolve",
      entry: doubtful ?? authorization(hold).id,
      by: viewer,
      outcome: "not_applied",
      amount: null,
      payment: null,
      reason: null,
      evidence: "-",
    }),
  };
}
