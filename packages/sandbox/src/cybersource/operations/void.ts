import type { JsonObject } from "../../control/fault.ts";
import type { Answer } from "../../control/journal.ts";
import { link, refuse, utc } from "../answers.ts";
import type { Movement } from "../../books/payment.ts";
import { byTransactionId } from "../payments.ts";
import type { CybersourcePayment } from "../payments.ts";
import { toDecimal } from "../../currency.ts";
import type { Reference } from "../wire.ts";
import { parseWire, timeoutVoidSchema, voidSchema } from "../wire.ts";
import { captureById } from "./capture.ts";
import type { Asked, Bank } from "./operation.ts";
import { echoReference, newId, referencesOf } from "./operation.ts";
import { scriptedAnswer } from "./scripted-answer.ts";

/** POST /pts/v2/captures/{id}/voids, where a capture's own link leads. Source: REST SDK, VoidApi. */
export function voidCapture(asked: Asked, bank: Bank): Answer {
  const { clientReferenceInformation } = parseWire(voidSchema, asked.body);
  const payment = bank.ledger.byId(asked.merchant.mid, asked.id);
  const captured = payment === undefined ? undefined : captureById(payment, asked.id);
  if (payment === undefined || captured === undefined) throw notVoidable();
  return undo(asked, payment, captured, clientReferenceInformation, bank);
}

/** POST /pts/v2/voids: a capture whose answer never came, by its transactionId. Source: REST SDK, MitVoidRequest. */
export function timeoutVoid(asked: Asked, bank: Bank): Answer {
  const { clientReferenceInformation } = parseWire(timeoutVoidSchema, asked.body);
  const found = byTransactionId(bank.ledger, asked.merchant.mid, clientReferenceInformation.transactionId);
  const captured = found === undefined ? undefined : captureById(found.payment, found.movement.id);
  if (found === undefined || captured === undefined) throw notVoidable();
  return undo(asked, found.payment, captured, clientReferenceInformation, bank);
}

function notVoidable() {
  return refuse("NOT_VOIDABLE", "Declined - The capture is unknown, already voided or already sent to the processor.");
}

function undo(
  asked: Asked,
  payment: CybersourcePayment,
  captured: Movement,
  reference: Reference | undefined,
  bank: Bank,
): Answer {
  if (captured.status === "TRANSMITTED") throw notVoidable();
  const scripted = scriptedAnswer(asked.outcome, bank.clock.now());
  if (scripted?.applied === false) return scripted.answer;
  const id = newId(bank.random);
  const { applied, key } = captured;
  bank.ledger.post(payment, {
    id,
    kind: "void",
    amount: applied,
    applied,
    status: "VOIDED",
    undoes: key,
    ...referencesOf(reference),
  });
  return scripted?.answer ?? { status: 201, body: answerBody(id, payment, applied, reference, bank) };
}

/** REST SDK, PtsV2PaymentsVoidsPost201Response. */
function answerBody(
  id: string,
  { currency, exponent }: CybersourcePayment,
  voided: number,
  reference: Reference | undefined,
  { clock }: Bank,
): JsonObject {
  const amount = toDecimal(voided, exponent);
  return {
    _links: { self: link("GET", `/pts/v2/voids/${id}`) },
    ...echoReference(reference),
    id,
    status: "VOIDED",
    submitTimeUtc: utc(clock.now()),
    voidAmountDetails: { voidAmount: amount, originalTransactionAmount: amount, currency },
  };
}
