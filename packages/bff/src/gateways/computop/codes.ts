import type { Advice } from "../../hold/index.ts";
import type { ComputopSettings } from "./settings.ts";

/**
 * What a `responseCode` says by itself. Paygate, "A4 Error codes": eight characters. The first is 0 for success, 2 for
 * an error, 4 for a fatal one, 6 for what is pending, 7 for a step of 3-D Secure; the next three name a kind of parameter
 * fault (001, 010 to 019), Paygate itself (020 to 0FF) or the module for one acquirer (100 to FFF); the last four the detail.
 */
export type CodeClass =
  | { readonly is: "success" | "pending" | "unclear" }
  /** The issuer's word, by way of the acquirer. */
  | { readonly is: "declined"; readonly code: string; readonly networkCode: string; readonly advice: Advice | null }
  /** Paygate's own no, or its acquirer's. `parameter`: it has looked no further than the request. */
  | {
      readonly is: "refused";
      readonly why: "parameter" | "seen_before" | "gateway";
      readonly again: "never" | "later";
    };

/** "A4 Error codes": any other 0 is a success with something more to say, which is not told what. */
const SUCCESS = "00000000";
const CODE = /^([0-9A-Z])([0-9A-F]{3})([0-9A-Z]{4})$/;

export function classOf(code: string | undefined): CodeClass {
  if (code === SUCCESS) return { is: "success" };
  const [, severity = "", module = "", detail = ""] = CODE.exec(code ?? "") ?? [];
  switch (severity) {
    case "6":
    case "7":
      return { is: "pending" };
    case "2":
      return failed(module, detail);
    case "4": {
      // "Fatal": what it was doing may be lost half-way, unless it has looked no further than the request.
      const failure = failed(module, detail);
      return failure.is === "refused" && failure.why === "gateway" ? { is: "unclear" } : failure;
    }
    default:
      return { is: "unclear" };
  }
}

function failed(module: string, detail: string): CodeClass {
  if (module === "017") return { is: "refused", why: "seen_before", again: "never" };
  if (module === "001" || module.startsWith("01")) return { is: "refused", why: "parameter", again: "never" };
  const word = module.startsWith("0") ? undefined : /^03([0-9A-Z]{2})$/.exec(detail)?.[1];
  return word === undefined ? { is: "refused", why: "gateway", again: "never" } : spoken(word);
}

/**
 * "Simulation mode": 0305 is a card refused by its issuer or acquirer. That the last two of 03xx are ISO 8583's response
 * codes is inferred from it. Some of those are about the merchant, the terminal or the network, and no issuer's word.
 */
function spoken(word: string): CodeClass {
  const again = NOT_THE_ISSUERS.get(word);
  if (again) return { is: "refused", why: "gateway", again };
  const code = word === "1A" ? "authentication_required" : `03${word}`;
  return { is: "declined", code, networkCode: word, advice: ADVICE.get(word) ?? null };
}

const NOT_THE_ISSUERS = new Map<string, "never" | "later">([
  ["03", "never"],
  ["30", "never"],
  ["58", "never"],
  ["92", "never"],
  ["94", "never"],
  ["96", "later"],
]);

const ADVICE = new Map<string, Advice>([
  ["04", "never_again"],
  ["07", "never_again"],
  ["14", "other_data"],
  ["33", "other_data"],
  ["41", "never_again"],
  ["43", "never_again"],
  ["51", "later"],
  ["54", "other_data"],
  ["61", "later"],
  ["91", "later"],
]);

type Step = "authorize" | "increment" | "capture" | "reverse";

/** What a status and a code say together of one step: a success wants both of them. */
export function verdictOf(
  { status, responseCode }: { status?: string | undefined; responseCode?: string | undefined },
  step: Step,
  { statuses }: Pick<ComputopSettings, "statuses">,
): CodeClass {
  const said = classOf(responseCode);
  switch (said.is) {
    case "success":
      if (status === undefined) return { is: "unclear" };
      if ([...statuses[WORDS[step]], ...statuses.done].includes(status)) return said;
      return { is: NOT_YET.has(status) ? "pending" : "unclear" };
    case "declined":
    case "refused":
      // An error's own body names no status.
      return status === undefined || statuses.failed.includes(status) ? said : { is: "unclear" };
    case "pending":
    case "unclear":
      return said;
  }
}

const WORDS = { authorize: "authorized", increment: "authorized", capture: "captured", reverse: "reversed" } as const;

/** Paygate, "Status": what has not been decided yet, unless this account's settings take it for a success. */
const NOT_YET = new Set(["AUTHORIZE_REQUEST", "CAPTURE_REQUEST", "REVERSE_REQUEST", "PENDING"]);
