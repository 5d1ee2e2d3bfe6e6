import { PAYMENT_TOKEN, type Means, type Order, type Written } from "../port.ts";
import { wireAmount } from "./amounts.ts";
import { commentOf } from "./comments.ts";
import { localDateTime } from "./local-time.ts";
import { followUpPath, paymentId } from "./references.ts";
import type { CyberSourceSettings } from "./settings.ts";

/**
 * An order in the bytes that will be sent. Pure: its times are the order's. Throws where the order asks for what the
 * capabilities deny (extending, letting go of one increment): that is a bug of the caller.
 */
export function write(order: Order, settings: CyberSourceSettings): Written {
  const dialect = dialectOf(settings);
  switch (order.kind) {
    case "authorize":
      return written(dialect, "POST", "/pts/v2/payments", authorization(order, settings));
    case "increment":
      return written(
        dialect,
        "PATCH",
        `/pts/v2/payments/${paymentId(order.payment.references)}`,
        increment(order, settings),
      );
    case "capture":
      return written(dialect, "POST", followUpPath(order.payment.references, "captures"), capture(order, settings));
    case "reverse":
      if (order.target) throw new Error("CyberSource documents no reversal of one increment");
      return written(dialect, "POST", followUpPath(order.payment.references, "reversals"), reversal(order, settings));
    case "extend":
      throw new Error("CyberSource documents no extension");
  }
}

/** The name that a request is kept under: how its increments speak. */
export function dialectOf({ scenario, totalAmountMeans }: CyberSourceSettings): string {
  return scenario === "default" ? `cybersource/default-${totalAmountMeans}` : `cybersource/${scenario}`;
}

/** Whether this account's increments name their amount in `totalAmount`, and there as the new sum. */
export function isTotal({ scenario, totalAmountMeans }: CyberSourceSettings): boolean {
  return scenario === "default" && totalAmountMeans === "total";
}

function written(dialect: string, method: string, path: string, body: object): Written {
  return { dialect, method, path, body: JSON.stringify(body) };
}

/** REST SDK, CreatePaymentRequest; CyberSource, "Pre-Authorizations": authIndicator "0" says that it is one. */
function authorization(order: Order, settings: CyberSourceSettings) {
  const { means } = order;
  const stored = means?.by === "customer" || means?.by === "instrument";
  const { commerceIndicator, ...authentication } = means && "authentication" in means ? means.authentication : {};
  return {
    clientReferenceInformation: client(order, settings),
    processingInformation: {
      capture: false,
      commerceIndicator: commerceIndicator ?? (settings.cardPresent ? "retail" : "internet"),
      ...industry(settings),
      authorizationOptions: {
        authIndicator: "0",
        ...(settings.partialApproval ? { partialAuthIndicator: true } : {}),
        ...(stored ? { initiator: { type: "customer", storedCredentialUsed: true } } : {}),
      },
    },
    ...paidBy(means),
    ...proof(authentication),
    orderInformation: {
      amountDetails: { totalAmount: amount(order.delta, order, settings), currency: currency(order) },
    },
  };
}

/** A card's number never comes here: only what stands for it. REST SDK, Ptsv2paymentsTokenInformation and …PaymentInformation. */
function paidBy(means: Means | null) {
  switch (means?.by) {
    case undefined:
    case "page":
      throw new Error("an authorization needs a means of payment that this gateway takes");
    case "token":
      return { tokenInformation: { transientTokenJwt: PAYMENT_TOKEN } };
    case "customer":
      return { paymentInformation: { customer: { id: means.id } } };
    case "instrument":
      return { paymentInformation: { paymentInstrument: { id: means.id } } };
  }
}

/** REST SDK, Ptsv2paymentsConsumerAuthenticationInformation: the names of a payer's authentication that are passed on. */
const PROOF = new Set([
  "authenticationTransactionId",
  "cavv",
  "directoryServerTransactionId",
  "eciRaw",
  "paSpecificationVersion",
  "ucafAuthenticationData",
  "ucafCollectionIndicator",
  "xid",
]);

function proof(authentication: Readonly<Record<string, string>>) {
  const known = Object.entries(authentication).filter(([name]) => PROOF.has(name));
  return known.length > 0 ? { consumerAuthenticationInformation: Object.fromEntries(known) } : {};
}

/** The three increments that CyberSource documents, each as its own page's sample has it. */
function increment(order: Order, settings: CyberSourceSettings) {
  const reference =
    settings.clientReferenceInPatch === "send" ? { clientReferenceInformation: client(order, settings) } : {};
  const clock = localTime(order, settings);
  const step = amount(order.delta, order, settings);
  switch (settings.scenario) {
    // "Incremental Authorization for Flexible Scenario"
    case "flexible":
      return {
        ...reference,
        processingInformation: { authorizationOptions: { initiator: { storedCredentialUsed: true } } },
        orderInformation: { amountDetails: { additionalAmount: step, currency: currency(order) } },
        ...clock,
      };
    // Lodging guide, "Incremental Authorization": totalAmount is what is added, storedCredentialUsed a string
    case "lodging":
      return {
        ...reference,
        processingInformation: {
          authorizationOptions: { initiator: { type: "merchant", storedCredentialUsed: "true" } },
          ...industry(settings),
        },
        orderInformation: { amountDetails: { totalAmount: step, currency: currency(order) } },
        ...clock,
      };
    // "Incremental Authorization": what totalAmount means is the account's setting
    case "default": {
      const totalAmount = isTotal(settings) ? amount(order.totalAfter, order, settings) : step;
      return {
        ...reference,
        orderInformation: { amountDetails: { totalAmount, currency: currency(order) } },
        ...clock,
      };
    }
  }
}

/**
 * REST SDK, CapturePaymentRequest. A capture of all, or of less with the rest let go, is one final capture and needs
 * no sequence. CyberSource, "Multiple Partial Captures": until the last one the count is one more than the sequence.
 */
function capture(order: Order, settings: CyberSourceSettings) {
  const sequence = order.captures + 1;
  const isOnly = order.final && order.captures === 0;
  const captureOptions = {
    captureSequenceNumber: sequence,
    totalCaptureCount: order.final ? sequence : sequence + 1,
    isFinal: String(order.final),
  };
  const processingInformation = { ...(isOnly ? {} : { captureOptions }), ...industry(settings) };
  return {
    clientReferenceInformation: client(order, settings),
    ...(Object.keys(processingInformation).length > 0 ? { processingInformation } : {}),
    orderInformation: {
      amountDetails: { totalAmount: amount(order.delta, order, settings), currency: currency(order) },
    },
  };
}

/** All is let go, whichever amount has to be named for it. */
function reversal(order: Order, settings: CyberSourceSettings) {
  const named = settings.reversalAmount === "base" ? order.first : order.totalBefore;
  const amountDetails = { totalAmount: amount(named, order, settings), currency: currency(order) };
  return {
    clientReferenceInformation: client(order, settings),
    reversalInformation: { amountDetails, reason: "hold released by the merchant" },
  };
}

/** Each operation has a code and a transactionId of its own: by the one it is found, by the other undone. */
function client(order: Order, settings: CyberSourceSettings) {
  const comments = commentOf(order, settings);
  const { partner } = settings;
  return {
    code: order.reference,
    ...(comments === null ? {} : { comments }),
    ...(partner === undefined ? {} : { partner }),
    transactionId: order.reference,
  };
}

function industry({ scenario }: CyberSourceSettings) {
  return scenario === "lodging" ? { industryDataType: "lodging" } : {};
}

function localTime(order: Order, { timeZone, localDateTimeAs }: CyberSourceSettings) {
  if (timeZone === undefined) return {};
  const digits = localDateTime(order.at, timeZone);
  return { merchantInformation: { transactionLocalDateTime: localDateTimeAs === "number" ? Number(digits) : digits } };
}

function amount(minor: number, { payment }: Order, settings: CyberSourceSettings): string {
  return wireAmount(minor, payment, settings);
}

function currency({ payment }: Order): string {
  return payment.currency;
}
