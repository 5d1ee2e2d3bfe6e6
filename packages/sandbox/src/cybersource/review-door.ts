import { Router } from "express";
import { z } from "zod";
import type { Merchants } from "./merchants.ts";
import type { CybersourceLedger } from "./payments.ts";
import type { PaymentReport } from "../control/reports.ts";

/** What only CyberSource has at the control door: a person of the merchant's who decides about a payment under review. */
export function createReviewDoor(
  ledger: CybersourceLedger,
  merchants: Merchants,
  report: (merchant: string, id: string) => PaymentReport | undefined,
): Router {
  const door = Router();
  door.post("/reviews/:id", (request, response) => {
    const { decision } = z.strictObject({ decision: z.enum(["accept", "reject"]) }).parse(request.body);
    const payment = merchants
      .all()
      .map(({ mid }) => ledger.byId(mid, request.params.id))
      .find((one) => one?.facts.review === "pending");
    if (payment === undefined) {
      response.status(404).json({ error: "There is no such payment under review." });
      return;
    }
    ledger.update(payment, { review: decision === "accept" ? "accepted" : "rejected" });
    response.json(report(payment.merchant, payment.id));
  });
  return door;
}
