import { PAYMENT_TOKEN, type Means, type Order, type Written } from "../port.ts";
import { invoiceNumber, paymentId } from "./references.ts";
import type { MonerisSettings } from "./settings.ts";

/**
 * An order in the bytes that will be sent: OpenAPI 2.6.1, createPaymentRequest, incrementalAuthorizationRequest,
 * completionRequest, cancelPaymentRequest. Pure. Each operation has a key of its own. Throws where the order asks for
 * what the capabilities deny (letting go of one increment): that is a bug of the caller.
 */
export function write(order: Order, settings: MonerisSettings): Written {
  const on = (what: string) => `/payments/${paymentId(order.payment.references)}/${what}`;
  const written = (path: string, body: object): Written => ({
    dialect: dialectOf(settings),
    method: "POST",
    path,
    body: JSON.stringify({ idempotencyKey: order.key, ...body }),
  });
  switch (order.kind) {
    case "authorize":
      return written("/payments", authorization(order, settings));
    case "increment":
    case "extend":
      return written(on("increment"), step(order, order.delta));
    case "capture":
      return written(on("complete"), completion(order, settings));
    case "reverse":
      if (order.target) throw new Error("Moneris documents no reversal of one increment");
      return completesToLetGo(order, settings)
        ? written(on("complete"), { ...step(order, 0), finalCompletion: true })
        : written(on("cancel"), {});
  }
}

/** The name that a request is kept under: its version, and how its payments say that they may grow. */
export function dialectOf({ apiVersion, incrementFlag }: MonerisSettings): string {
  return `moneris/${apiVersion}/${incrementFlag}`;
}

/** The version that a written request speaks, whatever the settings say by now. */
export function versionOf({ dialect }: Written, { apiVersion }: MonerisSettings): string {
  return dialect.split("/")[1] ?? apiVersion;
}

/** A cancel is of the whole payment: after a partial completion it might take that back too. */
export function completesToLetGo({ captures }: Order, { restAfterCompletions }: MonerisSettings): boolean {
  return captures > 0 && restAfterCompletions === "zero_completion";
}

/** What is added, captured or, as nothing at all, asked for in an extension or a closing completion. */
function step({ reference, payment: { currency } }: Order, amount: number) {
  return { invoiceNumber: invoiceNumber(reference), amount: { amount, currency } };
}

/** The guide's samples leave `finalCompletion` out where there is one completion: that is its default. */
function completion(order: Order, { dynamicDescriptor }: MonerisSettings) {
  const isOnly = order.final && order.captures === 0;
  return {
    ...step(order, order.delta),
    ...(isOnly ? {} : { finalCompletion: order.final }),
    ...(dynamicDescriptor === undefined ? {} : { dynamicDescriptor }),
  };
}

function authorization(order: Order, settings: MonerisSettings) {
  const { means, reference, payment, delta } = order;
  const { ecommerceIndicator, dynamicDescriptor } = settings;
  const authentication = means && "authentication" in means ? means.authentication : {};
  return {
    orderId: reference,
    amount: { amount: delta, currency: payment.currency },
    paymentMethod: paidBy(means, settings),
    ...flag(settings),
    ecommerceIndicator: authentication["ecommerceIndicator"] ?? ecommerceIndicator,
    automaticCapture: false,
    ...(dynamicDescriptor === undefined ? {} : { dynamicDescriptor }),
    ...proof(authentication),
  };
}

function flag({ incrementFlag }: MonerisSettings) {
  return { incrementalAuthorization: incrementFlag === "boolean" ? true : { [incrementFlag]: true } };
}

/** A card's number never comes here: only what stands for it. OpenAPI 2.6.1, paymentMethodTemporaryToken and paymentMethodWithId. */
function paidBy(means: Means | null, { paymentMethodIn }: MonerisSettings) {
  const method = methodOf(means);
  return paymentMethodIn === "paymentMethod" ? method : { paymentMethodData: method };
}

function methodOf(means: Means | null) {
  switch (means?.by) {
    case undefined:
    case "page":
    case "customer":
      throw new Error("an authorization needs a means of payment that this gateway takes");
    case "token":
      return { paymentMethodSource: "TEMPORARY_TOKEN", temporaryToken: PAYMENT_TOKEN };
    case "instrument":
      return { paymentMethodSource: "PAYMENT_METHOD_ID", paymentMethodId: means.id };
  }
}

/** OpenAPI 2.6.1, threeDSecureData: the payer's authentication by its id at Moneris, or by its own values. */
const PROOF = [
  "threeDSecureAuthenticationId",
  "threeDSecureAuthenticationValue",
  "threeDSecureVersion",
  "threeDSecureServerTransactionId",
  "threeDSecureDirectoryServerTransactionId",
];

function proof(authentication: Readonly<Record<string, string>>) {
  const known = Object.entries(authentication).filter(([name]) => PROOF.includes(name));
  return known.length > 0 ? { threeDSecureData: Object.fromEntries(known) } : {};
}
