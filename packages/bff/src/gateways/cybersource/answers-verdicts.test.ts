import { describe, expect, it } from "vitest";
import { order } from "./testing/order.ts";
import { read, unknown } from "./testing/read-answer.ts";

describe("an authorization's answer", () => {
  const asked = order("authorize", { step: 5000 });
  const answer = (status: string, authorizedAmount = "50.00") => ({
    id: "71",
    status,
    orderInformation: { amountDetails: { authorizedAmount, currency: "USD" } },
  });

  it("names the payment, and links only where they lead to this payment at this gateway", () => {
    const links = (href: string) => ({ ...answer("AUTHORIZED"), _links: { capture: { href } } });
    const kept = (href: string) => {
      const outcome = read(201, links(href), asked);
      return outcome.is === "approved" ? outcome.references.hold?.["capture"] : outcome;
    };
    expect(kept("/pts/v2/payments/71/captures")).toBe("/pts/v2/payments/71/captures");
    expect(kept("https://apitest.cybersource.com/pts/v2/payments/71/captures")).toBe("/pts/v2/payments/71/captures");
    for (const elsewhere of [
      "https://elsewhere.example/pts/v2/payments/71/captures",
      "//elsewhere.example/pts/v2/payments/71/captures",
      "/pts/v2/payments/72/captures",
      "/pts/v2/payments/71/reversals",
      "/pts/v2/payments/71/captures?x=1",
      "/pts/v2/payments/71/../../../tss/v2/searches",
    ]) {
      expect(kept(elsewhere)).toBeUndefined();
    }
  });

  it("may approve a part", () => {
    expect(read(201, answer("PARTIAL_AUTHORIZED", "30.00"), asked)).toMatchObject({
      is: "approved",
      applied: 3000,
      total: 3000,
    });
  });

  it("under review, or turned down by risk alone, is held and waits", () => {
    for (const status of ["AUTHORIZED_PENDING_REVIEW", "AUTHORIZED_RISK_DECLINED"]) {
      expect(read(201, answer(status), asked)).toMatchObject({
        is: "waiting",
        on: "review",
        approval: { applied: 5000 },
      });
    }
  });

  it("without an id to go by, or with an unknown status, is not known", () => {
    expect(read(201, { status: "AUTHORIZED" }, asked)).toEqual(unknown("no_payment_id"));
    for (const status of ["PENDING_REVIEW", "PENDING", "REVERSED", "authorized", "NEW_WORD"]) {
      expect(read(201, answer(status), asked)).toEqual(unknown("unknown_status"));
    }
  });

  it("to another request is not taken for ours", () => {
    const crossed = { ...answer("AUTHORIZED"), clientReferenceInformation: { code: "somebody-else" } };
    expect(read(201, crossed, asked)).toEqual(unknown("answer_to_another_request"));
  });

  it("keeps a reference that looks like a card number", () => {
    const luhn = { ...answer("AUTHORIZED"), processorInformation: { transactionId: "305136685813069" } };
    expect(read(201, luhn, asked)).toMatchObject({ references: { hold: { network: "305136685813069" } } });
  });
});

describe("a decline", () => {
  const asked = order("increment", { before: 2000, step: 1000 });
  const declined = (reason: string, processorInformation = {}) =>
    read(201, { id: "9", status: "DECLINED", errorInformation: { reason }, processorInformation }, asked);

  it("is a 201, with the network's own code and advice", () => {
    const outcome = declined("INSUFFICIENT_FUND", { responseCode: "51", merchantAdvice: { code: "02" } });
    expect(outcome).toEqual({
      is: "declined",
      code: "INSUFFICIENT_FUND",
      networkCode: "51",
      advice: "later",
      references: { entry: { id: "9" } },
    });
  });

  it("tells Visa's advice from Mastercard's by its digits", () => {
    const advice = (code: string) => {
      const outcome = declined("PROCESSOR_DECLINED", { merchantAdvice: { code } });
      return outcome.is === "declined" ? outcome.advice : outcome;
    };
    expect(["1", "2", "3", "01", "03", "99", "40", "77"].map(advice)).toEqual([
      "never_again",
      "later",
      "other_data",
      "other_data",
      "never_again",
      "never_again",
      null,
      null,
    ]);
  });

  it("for want of the payer's authentication says so", () => {
    expect(declined("CONSUMER_AUTHENTICATION_REQUIRED")).toMatchObject({
      is: "declined",
      code: "authentication_required",
    });
    expect(read(201, { id: "9", status: "PENDING_AUTHENTICATION" }, asked)).toMatchObject({
      code: "authentication_required",
    });
  });

  it("that no issuer made is the gateway's rejection", () => {
    expect(declined("DECISION_PROFILE_REJECT")).toEqual({
      is: "rejected",
      cause: "DECISION_PROFILE_REJECT",
      again: "never",
    });
    expect(declined("PROCESSOR_ERROR")).toMatchObject({ is: "rejected", again: "later" });
  });
});

describe("a capture's and a reversal's answer", () => {
  it("PENDING is accepted, at the amount that is named", () => {
    const captured = {
      id: "8",
      status: "PENDING",
      orderInformation: { amountDetails: { totalAmount: "700.00", currency: "USD" } },
    };
    expect(read(201, captured, order("capture", { step: 70_000 }))).toMatchObject({
      is: "approved",
      grade: "own_amount",
      applied: 70_000,
      references: { entry: { id: "8" } },
    });
  });

  it("REVERSED names what was let go", () => {
    const reversed = {
      id: "8",
      status: "REVERSED",
      reversalAmountDetails: { reversedAmount: "700.00", currency: "USD" },
    };
    const asked = order("reverse", { before: 70_000, step: 70_000 });
    expect(read(201, reversed, asked)).toMatchObject({ is: "approved", applied: 70_000 });
    expect(read(201, { id: "8", status: "AUTHORIZED" }, asked)).toEqual(unknown("unknown_status"));
  });
});
