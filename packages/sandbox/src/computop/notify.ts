import type { OutgoingNotice } from "../control/notices.ts";
import type { Told } from "./answers.ts";
import { statusWord } from "./answers.ts";
import type { Bank } from "./bank.ts";
import { amountOf } from "./operations/look-up.ts";
import type { PaygatePayment } from "./payments.ts";

/** Tells the merchant's `urls.webhook`. @param what a hosted payment's end is told always, the rest by a reading */
export function notify(payment: PaygatePayment, told: Told, what: "hosted" | "operation", bank: Bank): void {
  const url = payment.facts.urls.webhook;
  if (url === undefined || (what === "operation" && bank.readings.get("notifies") === "hosted")) return;
  bank.outbox.post({ url, reference: payment.id, ...written(payment, told, bank) });
}

const JSON_TYPE = { "content-type": "application/json" };

function written(payment: PaygatePayment, told: Told, bank: Bank): Pick<OutgoingNotice, "headers" | "body"> {
  const { transId = "", refNr } = told.references;
  const status = statusWord(told.status, "answer", bank.readings);
  const form = bank.readings.get("webhookForm");
  switch (form) {
    case "basic":
      return { headers: JSON_TYPE, body: JSON.stringify({ payId: payment.id }) };
    case "enhanced": {
      const { value, currency } = amountOf(payment, bank.readings);
      const creationDate = new Date(payment.movements[0]?.at ?? bank.ledger.now(payment)).toISOString();
      const paymentMethods = [{ type: "CARD" }];
      const rest = { status, ...told.code, amount: { value, currency }, paymentMethods, creationDate };
      return { headers: JSON_TYPE, body: JSON.stringify({ payId: payment.id, transId, refNr, ...rest }) };
    }
    case "form": {
      const { responseCode: Code } = told.code;
      const fields = { PayID: payment.id, TransID: transId, MID: payment.merchant, Status: status, Code };
      const headers = { "content-type": "application/x-www-form-urlencoded" };
      return { headers, body: new URLSearchParams(fields).toString() };
    }
    default:
      return form satisfies never;
  }
}
