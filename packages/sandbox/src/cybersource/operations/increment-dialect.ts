import type { z } from "zod";
import { refuseField } from "../answers.ts";
import type { CybersourcePayment } from "../payments.ts";
import { sumsOf } from "../../books/payment.ts";
import type { CybersourceReadings } from "../readings.ts";
import type { incrementSchema } from "../wire.ts";
import { minorOf } from "../wire.ts";

/** What an increment asks for, whichever of the three dialects it speaks. Minor units. */
export interface Said {
  readonly dialect: "flexible" | "lodging" | "default";
  /** As it stands in the request. */
  readonly stated: number;
  /** What is to be added. */
  readonly delta: number;
}

const FIELD = "orderInformation.amountDetails";

/**
 * Flexible says `additionalAmount`. Lodging says `totalAmount`, which is what to add in spite of its name
 * (the page's own story: 400, then 50, 200, 50, captured 700). The default page says `totalAmount` and leaves its
 * meaning open: a reading.
 * @throws WireRefusal when no or both amounts are given, or nothing would be added
 */
export function readDialect(
  request: z.output<typeof incrementSchema>,
  payment: CybersourcePayment,
  readings: CybersourceReadings,
): Said {
  const { additionalAmount, totalAmount, currency } = request.orderInformation.amountDetails;
  if (additionalAmount !== undefined) {
    if (totalAmount !== undefined) throw refuseField(`${FIELD}.totalAmount`);
    return said("flexible", minorOf(additionalAmount, currency, `${FIELD}.additionalAmount`), 0, "additionalAmount");
  }
  if (totalAmount === undefined) throw refuseField(`${FIELD}.additionalAmount`, "MISSING_FIELD");
  const stated = minorOf(totalAmount, currency, `${FIELD}.totalAmount`);
  if (isLodging(request.processingInformation?.industryDataType, payment, readings))
    return said("lodging", stated, 0, "totalAmount");
  const already = readings.get("defaultTotal") === "total" ? sumsOf(payment).authorized : 0;
  return said("default", stated, already, "totalAmount");
}

function said(dialect: Said["dialect"], stated: number, already: number, name: string): Said {
  const delta = stated - already;
  if (delta <= 0) throw refuseField(`${FIELD}.${name}`);
  return { dialect, stated, delta };
}

function isLodging(
  industryDataType: string | undefined,
  payment: CybersourcePayment,
  readings: CybersourceReadings,
): boolean {
  if (industryDataType === "lodging") return true;
  if (payment.facts.industryDataType !== "lodging") return false;
  if (readings.get("lodgingIndustryDataType") === "required")
    throw refuseField("processingInformation.industryDataType", "MISSING_FIELD");
  return true;
}
