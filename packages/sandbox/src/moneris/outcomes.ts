import type { OutcomeReport } from "../control/reports.ts";
import type { Operation } from "../control/fault.ts";
import type { MonerisReadings } from "./readings.ts";

/** What the issuer's host says: `isoResponseCode`, `responseCode` (below 050: approved) and a message. */
export interface HostSays {
  readonly iso: string;
  readonly code: string;
  readonly message: string;
}

/** What the imitated issuer or gateway makes of a request. */
export type Outcome =
  | { readonly kind: "approved"; readonly says: HostSays; readonly manner?: "slow" | "lost" }
  /** @param retry the payment's status is DECLINED_RETRY */
  | { readonly kind: "declined"; readonly title: string; readonly says: HostSays; readonly retry: boolean }
  /** ISO 68: a decline or a server error, by the reading `systemTimeout`. */
  | { readonly kind: "system-timeout"; readonly says: HostSays }
  /** Half of it is authorized, and the answer says no more than the lower amounts. */
  | { readonly kind: "partial" }
  | { readonly kind: "broken"; readonly status: 429 | 500 | 503; readonly applied: boolean };

export interface OutcomeRow {
  readonly name: string;
  /** The amount's last two digits that ask for it; null where only a script does. */
  readonly cents: string | null;
  /** Does it decide only under `pennyTable` whole? */
  readonly rare: boolean;
  /** Moneris' own or the sandbox's. */
  readonly documented: boolean;
  readonly outcome: Outcome;
}

const decline = (cents: string, name: string, codes: string, message: string, more: Partial<OutcomeRow> = {}) => {
  const [iso = "", code = ""] = codes.split("/");
  const retry = name === "ISSUER_UNAVAILABLE" || name === "SYSTEM_PROBLEM";
  const outcome: Outcome = { kind: "declined", title: name, says: { iso, code, message }, retry };
  return { name, cents, rare: true, documented: true, outcome, ...more };
};

const common = { rare: false };
const own = { rare: false, documented: false };
const approval: HostSays = { iso: "00", code: "027", message: "APPROVED" };

/**
 * Which ending gives which outcome, for payments and increments. Codes as in Moneris, "Penny Value Simulator"; the
 * names are the sandbox's own (as titles of problems too: Moneris shows only INSUFFICIENT_FUNDS). Endings that are not
 * here are approved; Moneris calls their answers unpredictable.
 */
export const outcomeTable: readonly OutcomeRow[] = [
  decline("05", "DECLINED", "05/481", "DECLINED", common),
  decline("51", "INSUFFICIENT_FUNDS", "51/481", "DECLINED LOW FUNDS", common),
  decline("54", "EXPIRED_CARD", "54/482", "EXPIRED CARD", common),
  {
    ...decline("68", "SYSTEM_TIMEOUT", "68/113", "SYSTEM TIMEOUT", common),
    outcome: { kind: "system-timeout", says: { iso: "68", code: "113", message: "SYSTEM TIMEOUT" } },
  },
  decline("01", "CALL_FOR_AUTHORIZATION", "02/483", "CALL FOR AUTH"),
  decline("02", "REFER_TO_ISSUER", "02/484", "REFER CALL ISSUER"),
  decline("03", "MERCHANT_NOT_ON_FILE", "03/476", "MERCHANT NOT ON FILE"),
  decline("04", "PICK_UP_CARD", "04/421", "PICK UP CARD"),
  decline("06", "ERROR", "06/050", "DECLINED"),
  decline("07", "FRAUD_ACCOUNT", "07/421", "PICK UP CARD SPECIAL"),
  decline("09", "SYSTEM_PROBLEM", "09/078", "SYSTEM PROBLEM RETRY"),
  decline("12", "INVALID_TRANSACTION", "12/421", "INVALID TRANSACTION"),
  decline("13", "INVALID_ADVICE_AMOUNT", "13/476", "INVALID ADVICE AMOUNT"),
  decline("14", "INVALID_ACCOUNT_NUMBER", "14/421", "NO SUCH NUMBER"),
  decline("15", "NO_SUCH_ISSUER", "15/421", "NO SUCH ISSUER"),
  decline("19", "UNABLE_TO_AUTHORIZE", "19/476", "UNABLE TO AUTHORIZE"),
  decline("20", "UNABLE_TO_AUTHORIZE_81", "81/486", "UNABLE TO AUTHORIZE"),
  decline("22", "ERROR_84", "84/050", "DECLINED"),
  decline("24", "ISSUER_UNAVAILABLE", "91/476", "UNABLE TO PROCESS"),
  decline("41", "LOST_CARD", "41/421", "LOST CARD PICK UP"),
  decline("43", "STOLEN_CARD", "43/421", "STOLEN CARD PICK UP"),
  decline("46", "CLOSED_ACCOUNT", "46/421", "CLOSED ACCOUNT"),
  decline("57", "NOT_PERMITTED", "57/421", "NOT PERMITTED TO CARDHOLDER"),
  { name: "TOO_MANY_REQUESTS", cents: "81", ...own, outcome: { kind: "broken", status: 429, applied: false } },
  { name: "INTERNAL_SERVER_ERROR", cents: "82", ...own, outcome: { kind: "broken", status: 500, applied: false } },
  {
    name: "INTERNAL_SERVER_ERROR_APPLIED",
    cents: "83",
    ...own,
    outcome: { kind: "broken", status: 500, applied: true },
  },
  { name: "SERVICE_UNAVAILABLE", cents: "84", ...own, outcome: { kind: "broken", status: 503, applied: false } },
  {
    name: "SLOW_APPROVAL",
    cents: "91",
    rare: false,
    documented: true,
    outcome: { kind: "approved", says: { ...approval, iso: "01" }, manner: "slow" },
  },
  {
    name: "LOST_APPROVAL",
    cents: "92",
    ...own,
    outcome: { kind: "approved", says: approval, manner: "lost" },
  },
  { name: "PARTIAL_APPROVAL", cents: null, ...own, outcome: { kind: "partial" } },
];

export const approved: Extract<Outcome, { kind: "approved" }> = { kind: "approved", says: approval };

export function outcomeNamed(name: string): Outcome | undefined {
  return name === "APPROVED" ? approved : outcomeTable.find((row) => row.name === name)?.outcome;
}

/** What an issuer says to a card that it always declines, and to an authorization that it has let go. */
export const declinedByIssuer: Extract<Outcome, { kind: "declined" }> = {
  kind: "declined",
  title: "DECLINED",
  says: { iso: "05", code: "481", message: "DECLINED" },
  retry: false,
};

/** What an amount asks for. @param minor in minor units of whatever currency: the last two digits decide */
export function outcomeOfAmount(minor: number, network: string, readings: MonerisReadings): Outcome {
  if (readings.get("pennyBands") === "on" && network === "visa" && minor >= 1100) return outcomeOfBand(minor);
  const cents = String(minor).padStart(2, "0").slice(-2);
  const whole = readings.get("pennyTable") === "whole";
  return outcomeTable.find((row) => row.cents === cents && (whole || !row.rare))?.outcome ?? approved;
}

/** Moneris, "Penny Value Simulator": what is above 11 on a Visa. */
function outcomeOfBand(minor: number): Outcome {
  if (minor >= 5100 && minor <= 6000) return outcomeNamed("LOST_CARD") ?? approved;
  return minor >= 12_000 && minor <= 13_000 ? (outcomeNamed("EXPIRED_CARD") ?? approved) : approved;
}

/** Moneris documents declines of payments, increments, completions and cancels; only the first two have an amount to decide. */
export function operationsOf({ kind }: Outcome): readonly Operation[] {
  const grows: readonly Operation[] = ["authorize", "increment"];
  return kind === "partial" || kind === "system-timeout" ? grows : [...grows, "capture", "reverse"];
}

/** The table for people. */
export const outcomeReports: readonly OutcomeReport[] = [
  {
    name: "APPROVED",
    amounts: null,
    what: "201 AUTHORIZED, 200 INCREMENTED",
    operations: ["authorize", "increment", "capture", "reverse"],
    source: 'Moneris, "Penny Value Simulator"',
  },
  ...outcomeTable.map(({ name, cents, rare, documented, outcome }): OutcomeReport => ({
    name,
    amounts: cents === null ? null : `ends in ${cents}${rare ? ", pennyTable whole" : ""}`,
    what: whatOf(outcome),
    operations: operationsOf(outcome),
    source: documented ? 'Moneris, "Penny Value Simulator"' : "the sandbox's own",
  })),
];

function whatOf(outcome: Outcome): string {
  switch (outcome.kind) {
    case "approved":
      return outcome.manner === "slow"
        ? "201, held at once, answered after 12 s (5 s at Moneris)"
        : "held, and the connection is cut without an answer";
    case "declined":
      return `422 DECLINED_ERROR, ${outcome.says.iso}/${outcome.says.code}, nothing applied`;
    case "system-timeout":
      return "422 DECLINED_ERROR or 500 API_ERROR, nothing applied (reading systemTimeout)";
    case "partial":
      return "201, half of it held";
    case "broken":
      return `${outcome.status}, ${outcome.applied ? "applied" : "nothing applied"}`;
  }
}
