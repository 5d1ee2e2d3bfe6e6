import type { JsonObject } from "../control/fault.ts";
import type { Answer } from "../control/journal.ts";

/**
 * Paygate's response codes: eight characters, `NMMMPPPP` (developer.computop.com, "A4 Error codes").
 * N: 0 done, 2 failed, 4 fatal (a mandatory parameter is missing), 6 not finished yet.
 * MMM: the module; 206 is card processing, 010 to 019 say what is wrong with a parameter.
 * PPPP: which parameter, or what the module says. The page names no list for REST: PPPP is the sandbox's own here, but
 * for 0305, which the page "Simulation" gives for a card that the issuer rejects.
 */
export const SUCCESS = "00000000";
export const PENDING = "60000000";
export const SERVER_ERROR = "40000001";

const modules = {
  missing: ["4010", "Parameter is missing"],
  format: ["2011", "Parameter has a wrong format"],
  invalid: ["2012", "Parameter is invalid"],
  tooLong: ["2014", "Parameter is too long"],
  unknown: ["2016", "Parameter value is unknown"],
  present: ["2017", "Parameter is already present"],
  expired: ["2018", "Parameter is no longer valid"],
} as const;

export type Wrong = keyof typeof modules;

const parameters: Readonly<Record<string, string>> = {
  transId: "0001",
  "amount.value": "0002",
  "amount.currency": "0003",
  payId: "0004",
  refNr: "0005",
  "captureMethod.type": "0006",
  urls: "0007",
  paymentMethods: "0008",
  "Idempotency-Key": "0009",
  Authorization: "0010",
  expirationTime: "0011",
};

/** `20170001 Parameter is already present: transId` */
export function wrongParameter(wrong: Wrong, parameter: string): ResponseCode {
  const [module, description] = modules[wrong];
  const known = Object.keys(parameters).find((name) => parameter === name || parameter.startsWith(`${name}.`));
  return {
    responseCode: module + (parameters[known ?? ""] ?? "0099"),
    responseDescription: `${description}: ${parameter}`,
  };
}

export interface ResponseCode {
  readonly responseCode: string;
  readonly responseDescription: string;
}

export const succeeded: ResponseCode = { responseCode: SUCCESS, responseDescription: "Transaction successful" };
export const pending: ResponseCode = { responseCode: PENDING, responseDescription: "Transaction pending" };

/** What card processing refuses by itself, with no issuer asked. */
export const refusals = {
  notIncrementable: card("0901", "The authorization is no pre-authorization"),
  brandTakesNoIncrement: card("0902", "No incremental authorization with this brand at this acquirer"),
  notOpen: card("0903", "The authorization is not open"),
  captured: card("0904", "The payment is already captured"),
  exceeds: card("0905", "The amount exceeds what is authorized"),
  otherAmount: card("0906", "The amount is not that of the last step"),
  cardInvalid: card("0907", "The card number is invalid"),
  cancelled: card("0908", "The payer cancelled"),
} as const;

function card(answer: string, responseDescription: string): ResponseCode {
  return { responseCode: `2206${answer}`, responseDescription };
}

/** Thrown inside an operation: the request is turned away and nothing is written. */
export class PaygateRefusal extends Error {
  readonly answer: Answer;
  constructor(status: number, code: ResponseCode) {
    super("turned away");
    this.answer = errorAnswer(status, code);
  }
}

/** "Errors: `{ responseCode, responseDescription }`" (Computop Paygate API 2.0.0, answers other than 200). */
export function errorAnswer(status: number, { responseCode, responseDescription }: ResponseCode): Answer {
  return { status, body: { responseCode, responseDescription } };
}

export function refuse(code: ResponseCode, status = 400): PaygateRefusal {
  return new PaygateRefusal(status, code);
}

export function refuseParameter(wrong: Wrong, parameter: string, status = 400): PaygateRefusal {
  return refuse(wrongParameter(wrong, parameter), status);
}

/** A stable order of fields and none that is undefined. */
export function definedOnly(fields: Readonly<Record<string, JsonObject[string] | undefined>>): JsonObject {
  const defined: JsonObject = {};
  for (const [name, value] of Object.entries(fields)) if (value !== undefined) defined[name] = value;
  return defined;
}
