import { total } from "@plimsoll/shared";
import { describe, expect, it } from "vitest";
import { PAYMENT_TOKEN, type Order } from "../port.ts";
import type { CyberSourceSettings } from "./settings.ts";
import { account, order } from "./testing/order.ts";
import { write } from "./write.ts";

/**
 * The request samples of CyberSource's three pages on incremental authorization, made from the matching order. The
 * exceptions: our reference stands besides in `transactionId` (the optional field for undoing), the JSON is valid, and
 * each operation has a code of its own.
 */
describe("an increment as CyberSource's own samples have it", () => {
  it("flexible: additionalAmount, with the local time as a number", () => {
    const partner = {
      developerId: "prodDeveloperId",
      thirdPartyCertificationNumber: "prodTPCN",
      solutionId: "prodSolutionId",
    };
    const settings = account("flexible", { partner, timeZone: "UTC", localDateTimeAs: "number" });
    const asked = order(
      "increment",
      { before: 2000, step: 1000 },
      { reference: "test123", at: Date.parse("2019-10-02T08:00:00Z") },
    );
    expect(body(asked, settings)).toEqual({
      clientReferenceInformation: {
        code: "test123",
        comments: "Flexible Incremental Auth",
        partner,
        transactionId: "test123",
      },
      processingInformation: { authorizationOptions: { initiator: { storedCredentialUsed: true } } },
      orderInformation: { amountDetails: { additionalAmount: "10.00", currency: "USD" } },
      merchantInformation: { transactionLocalDateTime: 20191002080000 },
    });
    expect(write(asked, settings)).toMatchObject({ method: "PATCH", path: "/pts/v2/payments/7474221808366131703814" });
  });

  it("default: totalAmount as this account means it, with the local time as a string", () => {
    const at = Date.parse("2026-10-02T08:00:00Z");
    const added = order("increment", { before: 20_000, step: 10_500 }, { reference: "33557799", at });
    const sum = order("increment", { before: 10_000, step: 500 }, { reference: "33557799", at });
    const sample = {
      clientReferenceInformation: { code: "33557799", transactionId: "33557799" },
      orderInformation: { amountDetails: { totalAmount: "105.00", currency: "USD" } },
      merchantInformation: { transactionLocalDateTime: "20261002080000" },
    };
    expect(body(added, account("default", { totalAmountMeans: "delta", timeZone: "UTC" }))).toEqual(sample);
    expect(body(sum, account("default", { totalAmountMeans: "total", timeZone: "UTC" }))).toEqual(sample);
  });

  it("lodging: totalAmount is what is added, storedCredentialUsed a string", () => {
    const partner = {
      thirdPartyCertificationNumber: "123456789012",
      developerId: "AssignedDevID",
      solutionId: "AssignedSolutionID",
    };
    const asked = order("increment", { before: 50_000, step: 10_000 }, { reference: "TestCode123" });
    expect(body(asked, account("lodging", { partner, cardPresent: true }))).toEqual({
      clientReferenceInformation: {
        code: "TestCode123",
        comments: "Incremental Auth CP",
        partner,
        transactionId: "TestCode123",
      },
      processingInformation: {
        authorizationOptions: { initiator: { type: "merchant", storedCredentialUsed: "true" } },
        industryDataType: "lodging",
      },
      orderInformation: { amountDetails: { totalAmount: "100.00", currency: "USD" } },
    });
  });

  it("leaves the reference out where the account says so", () => {
    const asked = order("increment", { before: 2000, step: 1000 });
    expect(body(asked, account("flexible", { clientReferenceInPatch: "omit" }))).not.toHaveProperty(
      "clientReferenceInformation",
    );
  });

  it("keeps the written dialect with the request", () => {
    const asked = order("increment", { before: 2000, step: 1000 });
    const dialects = [
      account("flexible"),
      account("lodging"),
      account("default"),
      account("default", { totalAmountMeans: "total" }),
    ];
    expect(dialects.map((settings) => write(asked, settings).dialect)).toEqual([
      "cybersource/flexible",
      "cybersource/lodging",
      "cybersource/default-delta",
      "cybersource/default-total",
    ]);
  });
});

describe("an authorization", () => {
  it("is a pre-authorization that is not captured, paid by the gateway's token", () => {
    const request = write(order("authorize", { step: 40_000 }), account("lodging", { cardPresent: true }));
    expect(request).toMatchObject({ method: "POST", path: "/pts/v2/payments" });
    expect(JSON.parse(request.body)).toEqual({
      clientReferenceInformation: { code: "ref-1", comments: "Checkin Auth CP", transactionId: "ref-1" },
      processingInformation: {
        capture: false,
        commerceIndicator: "retail",
        industryDataType: "lodging",
        authorizationOptions: { authIndicator: "0" },
      },
      tokenInformation: { transientTokenJwt: PAYMENT_TOKEN },
      orderInformation: { amountDetails: { totalAmount: "400.00", currency: "USD" } },
    });
  });

  it("by a stored instrument names it, and passes on the payer's authentication", () => {
    const authentication = { commerceIndicator: "vbv", cavv: "AAAB", xid: "x", unknown: "left out" };
    const asked = order(
      "authorize",
      { step: 500 },
      { means: { by: "instrument", id: "7010000000016241111", authentication } },
    );
    expect(body(asked, account("flexible", { partialApproval: true }))).toMatchObject({
      processingInformation: {
        commerceIndicator: "vbv",
        authorizationOptions: {
          authIndicator: "0",
          partialAuthIndicator: true,
          initiator: { type: "customer", storedCredentialUsed: true },
        },
      },
      paymentInformation: { paymentInstrument: { id: "7010000000016241111" } },
      consumerAuthenticationInformation: { cavv: "AAAB", xid: "x" },
    });
  });
});

describe("a capture", () => {
  it("of all is one final capture on the linked path, with no sequence", () => {
    const references = { payment: "7474221808366131703814", capture: "/pts/v2/payments/99/captures" };
    const asked = order("capture", { step: 70_000 }, { final: true });
    const request = write(
      { ...asked, payment: { ...asked.payment, references } },
      account("lodging", { cardPresent: true }),
    );
    expect(request.path).toBe("/pts/v2/payments/99/captures");
    expect(JSON.parse(request.body)).toEqual({
      clientReferenceInformation: { code: "ref-1", comments: "Checkout Capture CP", transactionId: "ref-1" },
      processingInformation: { industryDataType: "lodging" },
      orderInformation: { amountDetails: { totalAmount: "700.00", currency: "USD" } },
    });
  });

  it("in parts counts one more than its sequence until the last", () => {
    const options = (captures: number, final: boolean) =>
      body(order("capture", { step: 100 }, { captures, final }), account("default"))["processingInformation"];
    expect(options(0, false)).toEqual({
      captureOptions: { captureSequenceNumber: 1, totalCaptureCount: 2, isFinal: "false" },
    });
    expect(options(1, false)).toEqual({
      captureOptions: { captureSequenceNumber: 2, totalCaptureCount: 3, isFinal: "false" },
    });
    expect(options(2, true)).toEqual({
      captureOptions: { captureSequenceNumber: 3, totalCaptureCount: 3, isFinal: "true" },
    });
  });

  it("goes to the original where nothing was linked, and where the link is none of this gateway's", () => {
    const asked = order("capture", { step: 100 }, { final: true });
    const evil = { ...asked.payment.references, capture: "https://elsewhere.example/pts/v2/payments/1/captures" };
    for (const payment of [asked.payment, { ...asked.payment, references: evil }]) {
      expect(write({ ...asked, payment }, account("flexible")).path).toBe(
        "/pts/v2/payments/7474221808366131703814/captures",
      );
    }
  });
});

describe("a reversal", () => {
  it("names what was authorized first where the account's processor wants that", () => {
    const asked = order("reverse", { before: 70_000, step: 70_000 }, { final: true, first: total(60_000) });
    expect(JSON.parse(write(asked, account("lodging", { reversalAmount: "base" })).body)).toMatchObject({
      reversalInformation: { amountDetails: { totalAmount: "600.00", currency: "USD" } },
    });
  });

  it("states all that is authorized, increments included", () => {
    const request = write(order("reverse", { before: 70_000, step: 65_000 }, { final: true }), account("lodging"));
    expect(request.path).toBe("/pts/v2/payments/7474221808366131703814/reversals");
    expect(JSON.parse(request.body)).toMatchObject({
      reversalInformation: { amountDetails: { totalAmount: "700.00", currency: "USD" } },
    });
  });

  it("of one increment is a fault of whoever asks: no capability allows it", () => {
    const asked = order("reverse", { before: 700, step: 100 }, { target: { id: "1" } });
    expect(() => write(asked, account("lodging"))).toThrow("no reversal of one increment");
  });
});

describe("amounts", () => {
  it.each([
    ["JPY", 1500, "1500"],
    ["KWD", 1234, "1.234"],
    ["HUF", 1500, "15.00"],
    ["USD", 5, "0.05"],
  ])("%s %i is written %s", (currency, minor, written) => {
    const asked = order("increment", { before: 0, step: minor }, {}, currency);
    expect(body(asked, account("flexible"))).toMatchObject({
      orderInformation: { amountDetails: { additionalAmount: written, currency } },
    });
  });

  it("follow the processor's own decimals, and what it can't say exactly is not written", () => {
    const settings = account("flexible", { wireExponents: { HUF: 0 } });
    expect(body(order("increment", { step: 1500 }, {}, "HUF"), settings)).toMatchObject({
      orderInformation: { amountDetails: { additionalAmount: "15" } },
    });
    expect(() => write(order("increment", { step: 1510 }, {}, "HUF"), settings)).toThrow(RangeError);
  });
});

function body(asked: Order, settings: CyberSourceSettings): Record<string, unknown> {
  return JSON.parse(write(asked, settings).body);
}
