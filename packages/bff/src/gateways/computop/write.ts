import { PAYMENT_TOKEN, type Means, type Order, type Written } from "../port.ts";
import { paymentId, refNrOf } from "./references.ts";
import type { ComputopSettings } from "./settings.ts";

type Settings = Pick<ComputopSettings, "basePath" | "page" | "pageLife" | "refNrLength" | "tokenField">;

/**
 * An order in the bytes that will be sent. Pure: its times are the order's. Throws where the order asks for what the
 * capabilities deny: that is a bug of the caller. Nothing that a person typed is ever sent: `Test:nnnn` in a description
 * would turn the payment into a simulation, on live accounts too ("Simulation mode").
 */
export function write(order: Order, settings: Settings, noticesUrl: string): Written {
  const { reference, payment } = order;
  const path = `${settings.basePath}/payments`;
  const step = { transId: reference, amount: { value: order.delta, currency: payment.currency } };
  const named = { ...step, ...refNrOf(reference, settings.refNrLength) };
  const written = (to: string, body: object): Written => ({
    dialect: "computop/v2",
    method: "POST",
    path: to,
    body: JSON.stringify(body),
  });
  switch (order.kind) {
    case "authorize": {
      const { to, body } = authorization(order, settings, noticesUrl);
      return written(`${path}${to}`, { ...named, captureMethod: { type: "MANUAL" }, ...body });
    }
    case "increment":
      // API reference, "Incremental authorization": it takes no refNr. Its amount is what is added, says the guide.
      return written(`${path}/${paymentId(payment.references)}/incrementals`, step);
    case "capture":
      return written(`${path}/${paymentId(payment.references)}/captures`, named);
    case "reverse":
      // "Incremental authorisation": the latest step alone, by just its own amount; the rules ask for it in that order.
      return written(`${path}/${paymentId(payment.references)}/reversals`, named);
    case "extend":
      throw new Error("Computop documents no extension");
  }
}

/** API reference, "Create checkout session" and "Create payment". */
function authorization({ means, at }: Order, settings: Settings, noticesUrl: string) {
  switch (means?.by) {
    case "page": {
      const { done, cancelled } = means.back;
      const urls = { return: done, cancel: cancelled, webhook: noticesUrl };
      const body = { urls, expirationTime: instant(at + settings.pageLife) };
      return settings.page === "session"
        ? { to: "/sessions", body }
        : { to: "", body: { ...body, paymentMethods: { integrationType: "HOSTED", type: "CARD" } } };
    }
    case "token":
      return { to: "", body: { urls: { webhook: noticesUrl }, paymentMethods: direct(settings) } };
    case undefined:
    case "customer":
    case "instrument":
      throw new Error(`an authorization here is paid on a page or by a token, not by ${String(means?.by)}`);
  }
}

/** The pseudo card number at the place that the account's settings name. */
function direct({ tokenField }: Settings) {
  if (tokenField === undefined) throw new Error("this account takes no direct payments");
  return { integrationType: "DIRECT", type: "CARD", ...placed(tokenField.split(".")) };
}

function placed([name = "", ...rest]: readonly string[]): Readonly<Record<string, unknown>> {
  return { [name]: rest.length === 0 ? PAYMENT_TOKEN : placed(rest) };
}

/** RFC 3339 in whole seconds. */
function instant(at: number): string {
  return new Date(at).toISOString().replace(/\.\d{3}Z$/u, "Z");
}

/** How payers can pay on this account. */
export function meansOf({ tokenField }: Pick<ComputopSettings, "tokenField">): readonly Means["by"][] {
  return tokenField === undefined ? ["page"] : ["page", "token"];
}
