import type { NamedMethod } from "../payment-methods.ts";
import type { ParameterError } from "../problems.ts";
import { invalid } from "../problems.ts";
import type { MonerisReadings } from "../readings.ts";
import type { CreateRequest, MethodRequest } from "../requests.ts";

const SOURCE = "paymentMethod.paymentMethodSource";

/** @throws WireRefusal for a card number, a wallet, or a token that is not there */
export function methodOf(given: CreateRequest["paymentMethod"], readings: MonerisReadings): NamedMethod {
  const method = inItsForm(given, readings);
  switch (method.paymentMethodSource) {
    case undefined:
      throw missing(SOURCE);
    case "TEMPORARY_TOKEN":
      return named(method.paymentMethodSource, "temporaryToken", method.temporaryToken);
    case "PAYMENT_METHOD_ID":
      return named(method.paymentMethodSource, "paymentMethodId", method.paymentMethodId);
    case "PERMANENT_TOKEN":
      // OpenAPI 2.6.1, storePaymentMethodPermanentTokenRequest: required there, and only there.
      if (method.credentialOnFileInformation == null) throw missing("paymentMethod.credentialOnFileInformation");
      return named(method.paymentMethodSource, "permanentToken", method.permanentToken);
    case "CARD":
      throw refused(method.paymentMethodSource, "The sandbox takes no card numbers: send a token from its card field.");
    case "APPLE_PAY_ENCRYPTED":
    case "APPLE_PAY_DECRYPTED":
    case "GOOGLE_PAY_ENCRYPTED":
    case "GOOGLE_PAY_DECRYPTED":
      throw refused(method.paymentMethodSource, "The sandbox imitates no wallets: send a token from its card field.");
  }
}

/** OpenAPI 2.6.1 has it flat, the guide "Incremental Authorization" in `paymentMethodData`. */
function inItsForm(
  { paymentMethodData, ...flat }: CreateRequest["paymentMethod"],
  readings: MonerisReadings,
): MethodRequest {
  const form = readings.get("paymentMethodForm");
  if (paymentMethodData === undefined) {
    if (form === "nested") throw missing("paymentMethod.paymentMethodData");
    return flat;
  }
  if (form === "flat") throw missing(SOURCE);
  return paymentMethodData;
}

function named(source: NamedMethod["source"], name: string, token: string | undefined): NamedMethod {
  if (token === undefined) throw missing(`paymentMethod.${name}`);
  return { source, token };
}

function missing(parameterName: string) {
  return turnedAway({
    parameterName,
    parameterValue: null,
    reasonCode: "REQUIRED_FIELD",
    errorMessage: "It is required.",
  });
}

function refused(source: string, errorMessage: string) {
  return turnedAway({ parameterName: SOURCE, parameterValue: source, reasonCode: "INVALID_VALUE", errorMessage });
}

function turnedAway(error: ParameterError) {
  return invalid([error]);
}
