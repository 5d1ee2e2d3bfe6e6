import { z } from "zod";

/**
 * Every reason for which something is refused: a closed list. The HTTP status is what every door answers
 * with; the sentence is for a person and says what can be done. The door adds a support reference.
 */
export const codes = {
  // the request itself
  invalid_input: { status: 400, sentence: "The request is not of the documented form. See the fields named." },
  not_json: { status: 415, sentence: "Send the request as application/json." },
  too_large: { status: 413, sentence: "The request is too large. Send at most 16 KB." },
  card_number: { status: 400, sentence: "A card number is never accepted here. Send the gateway's own payment token." },
  unknown_procedure: { status: 404, sentence: "There is no such procedure." },
  wrong_method: { status: 405, sentence: "Use the documented HTTP method for this procedure." },

  // amounts
  invalid_amount: { status: 400, sentence: "The amount must be a whole number of minor units above zero." },
  too_many_decimals: {
    status: 400,
    sentence: "The amount has more decimals than this gateway takes in this currency.",
  },
  amount_too_large: { status: 400, sentence: "The amount is greater than this gateway takes." },
  unknown_currency: { status: 400, sentence: "The currency is not one of ISO 4217 that a card can be held in." },
  wrong_currency: { status: 409, sentence: "The amount must be in the currency of the hold." },
  above_hold: { status: 409, sentence: "That is more than is on hold. Capture at most the held amount." },
  above_confirmed: { status: 409, sentence: "A step is in doubt. Capture at most the confirmed amount, and say so." },
  above_ceiling: { status: 409, sentence: "That is above the ceiling of this hold. Ask the payer first." },
  above_operator_limit: {
    status: 403,
    sentence: "That is above what this operator may add or take. Ask somebody with a higher limit.",
  },

  // who asks
  unauthorized: { status: 401, sentence: "The credential is missing or not valid." },
  token_expired: { status: 401, sentence: "This page was open too long to show the hold. Reload it." },
  forbidden: { status: 403, sentence: "This credential does not allow that." },
  origin_refused: { status: 403, sentence: "This page's origin is not on the merchant's list." },
  wrong_mode: { status: 403, sentence: "Live and test never meet: use a credential of the hold's own mode." },
  not_found: { status: 404, sentence: "There is no such hold for this credential." },
  no_such_step: { status: 404, sentence: "There is no such step on this hold." },
  too_many_streams: { status: 429, sentence: "Too many live connections with this token. Close one." },

  // the same request again
  key_required: {
    status: 400,
    sentence: "Send an Idempotency-Key header: 1 to 200 printable characters, new for each request.",
  },
  key_conflict: { status: 409, sentence: "This idempotency key was used for another request." },
  duplicate_line: { status: 409, sentence: "A step with this line reference is already on the hold." },
  duplicate_order: {
    status: 409,
    sentence: "A hold for this order is still in doubt. Wait for it, or send besides: true to open a second one.",
  },
  duplicate_payment: { status: 409, sentence: "Another hold already stands for this gateway payment." },

  // what the hold allows now
  not_open: { status: 409, sentence: "The hold is not open yet. Wait for the gateway's answer." },
  in_doubt: { status: 409, sentence: "The last step is in doubt and is being looked up. Wait for the next look." },
  contradicted: {
    status: 409,
    sentence: "The gateway's books disagree with this hold. Somebody has to look at it and correct it.",
  },
  under_review: { status: 409, sentence: "The gateway reviews this payment. Capture when the review has ended." },
  already_capturing: { status: 409, sentence: "The hold is being captured." },
  already_captured: { status: 409, sentence: "The hold is captured." },
  already_reversing: { status: 409, sentence: "The hold is being released." },
  already_reversed: { status: 409, sentence: "The hold is released." },
  hold_declined: { status: 409, sentence: "The issuer declined this hold. Nothing is on hold." },
  hold_failed: { status: 409, sentence: "This hold could not be placed. Nothing is on hold." },
  hold_expired: { status: 409, sentence: "The gateway says that this hold has expired." },
  line_full: { status: 409, sentence: "Too many steps are waiting on this hold. Wait for the first to end." },
  late_presentment: {
    status: 409,
    sentence:
      'The time to capture this hold has passed, and a late charge may be disputed. Send accept: "late_presentment" to charge it all the same.',
  },
  nothing_held: { status: 409, sentence: "Nothing is on hold." },

  // what the gateway or the card can't do
  not_incrementable: { status: 409, sentence: "This hold can't be raised. Open a second hold for the rest." },
  increment_limit: {
    status: 409,
    sentence: "The gateway takes no further increments on this hold. Capture it, or open a second hold.",
  },
  partly_captured: { status: 409, sentence: "This gateway takes no increments after a partial capture." },
  partial_capture_unsupported: { status: 409, sentence: "This gateway takes one capture only. Make it final." },
  reversal_unsupported: {
    status: 409,
    sentence: "This gateway can't reverse one increment. Capture less instead: the rest is released.",
  },
  not_last: { status: 409, sentence: "This gateway reverses only the last increment. Reverse the later ones first." },
  not_reversible: { status: 409, sentence: "Only an approved increment that is still held can be reversed." },
  extension_unsupported: {
    status: 409,
    sentence: "A hold on this card can't be prolonged here without raising it. Capture it, or open a new hold.",
  },
  unreadable: { status: 409, sentence: "The gateway could not show this payment. Try again, or open a new hold." },

  // consent
  not_waiting: { status: 409, sentence: "This question is no longer open." },
  stale_consent: {
    status: 409,
    sentence: "The hold has changed since this question was shown. Look at the new total first.",
  },
  not_withdrawable: { status: 409, sentence: "Only a step that has not been sent can be withdrawn." },

  // operators' words
  not_in_doubt: { status: 409, sentence: "Nothing about this step is in doubt." },
  not_correctable: { status: 409, sentence: "Only a step that was sent to the gateway can be corrected." },
  payment_required: {
    status: 400,
    sentence: "No answer has named this payment. Send the id that it has at the gateway as payment.",
  },
  evidence_required: { status: 400, sentence: "Say what shows it: the gateway's own screen, a statement, a call." },

  // gateways and ourselves
  unknown_gateway: { status: 400, sentence: "There is no such gateway account for this merchant." },
  payment_unsupported: {
    status: 400,
    sentence: "This gateway account takes no payment of that kind. Send another kind, or name another account.",
  },
  gateway_unavailable: { status: 503, sentence: "The gateway can't be reached. Nothing was sent." },
  gateway_paused: {
    status: 503,
    sentence: "Nothing new is asked of this gateway for now. What is under way is followed up; ask again later.",
  },
  store_unavailable: {
    status: 503,
    sentence:
      "The database can't be used now, so this may be done or not. Ask again with the same idempotency key: that gives one and the same step.",
  },
  stopping: { status: 503, sentence: "The service is restarting. Ask again in a moment." },
  internal: { status: 500, sentence: "Something went wrong on our side. Quote the reference." },
} as const satisfies Record<string, { status: number; sentence: string }>;

export type Code = keyof typeof codes;

export const code = z.enum(Object.keys(codes) as [Code, ...Code[]]);

/** A refusal: nothing was changed. `detail` holds facts of it for machines (the next look, the field, the held amount). */
export interface Refusal {
  readonly code: Code;
  readonly detail?: Readonly<Record<string, string | number | boolean>>;
}

export function refuse(refused: Code, detail?: Refusal["detail"]): Refusal {
  return detail ? { code: refused, detail } : { code: refused };
}

/** What stands in every error's `data.plimsoll` on the wire. */
export const errorData = z.object({
  code,
  message: z.string(),
  reference: z.string(),
  detail: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
});
export type ErrorData = z.infer<typeof errorData>;
