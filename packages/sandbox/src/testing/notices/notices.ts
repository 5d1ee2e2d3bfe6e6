import { createHmac } from "node:crypto";
import { z } from "zod";
import { isExpiry } from "../../books/payment.ts";
import type { Payment } from "../../books/payment.ts";
import type { CreateGateway } from "../../control/gateway-parts.ts";
import { createOutbox } from "../../control/notices.ts";
import type { Outbox } from "../../control/notices.ts";
import { createReadings } from "../../control/readings.ts";
import { createKept } from "../kept-answers.ts";
import { createSmallGateway } from "../small-gateway.ts";
import type { Facts } from "../small-gateway.ts";
import { routes } from "./routes.ts";

/** Proves what is told: both sides have it. */
export const HMAC_KEY = "notices-key-of-the-shop";

const readingsSchema = z.strictObject({
  verdicts: z.enum(["by-notice", "at-once"]).default("by-notice").meta({
    meaning: "whether a change answers only that it was received, or says what came of it as well",
    source: "the sandbox's own: gateways of this kind have both ways, by account",
  }),
});

export type NoticesReadings = ReturnType<typeof createReadings<(typeof readingsSchema)["shape"]>>;

/** What is told of one thing that happened. `success` is a text, as some gateways have it. */
export interface Told {
  readonly event: "AUTHORISATION" | "CHANGE" | "CAPTURE" | "CANCEL" | "EXPIRE";
  readonly id: string;
  readonly payment: string;
  readonly reference: string;
  readonly success: "true" | "false";
  readonly value: number;
  readonly currency: string;
  readonly reason: string | null;
}

export type Tell = (url: string, told: Told) => void;

/**
 * Notices: a change of a payment answers that it was received; what came of it is told by a signed notice alone, under
 * an id of its own. Captures and cancellations go to the first id.
 */
export const createNotices: CreateGateway = (parts) => {
  const readings = createReadings(readingsSchema, parts.readings);
  const kept = createKept(parts.clock, { broken: false });
  const outbox = createOutbox(parts);
  const addresses = new Map<string, string>();
  const expired = new Set<string>();
  return createSmallGateway(
    {
      name: "notices",
      title: "Notices, a test gateway",
      routes: (bank) => routes(bank, { readings, kept, addresses, tell: (url, told) => tell(outbox, url, told) }),
      readings,
      notices: outbox,
      aged: (payment) => {
        if (!payment.movements.some(isExpiry) || expired.has(payment.id)) return;
        expired.add(payment.id);
        tell(outbox, addresses.get(payment.id) ?? "", ofExpiry(payment));
      },
      forget: () => {
        kept.clear();
        addresses.clear();
        expired.clear();
      },
    },
    parts,
  );
};

function tell(outbox: Outbox, url: string, told: Told): void {
  const body = JSON.stringify(told);
  const signature = createHmac("sha256", HMAC_KEY).update(body).digest("hex");
  const headers = { "content-type": "application/json", "notice-signature": signature };
  outbox.post({ url, headers, body, reference: told.payment });
}

function ofExpiry({ id, currency }: Payment<Facts>): Told {
  return { event: "EXPIRE", id, payment: id, reference: "", success: "true", value: 0, currency, reason: null };
}
