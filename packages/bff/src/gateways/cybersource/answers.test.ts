import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Outcome } from "../../hold/index.ts";
import type { Order } from "../port.ts";
import { outcomeOf } from "./answers.ts";
import type { CyberSourceSettings } from "./settings.ts";
import { account, order } from "./testing/order.ts";

/** The response samples of CyberSource's three pages on incremental authorization, as they stand there. */
describe("CyberSource's own answers", () => {
  it("flexible: 10.00 more makes 30.00, under a new id, with the next steps on the original", () => {
    const asked = order("increment", { before: 2000, step: 1000 }, { reference: "test123" });
    expect(read(201, flexible, asked, account("flexible"))).toEqual({
      is: "approved",
      grade: "total",
      applied: 1000,
      total: 3000,
      references: {
        hold: {
          payment: "7474221808366131703814",
          network: "305136685813069",
          capture: "/pts/v2/payments/7474221808366131703814/captures",
          reversal: "/pts/v2/payments/7474221808366131703814/reversals",
        },
        entry: { id: "7474222613396289103814", approvalCode: "033470", reconciliationId: "7474221808366131703814" },
      },
    });
  });

  it("default: 105.00 comes back as it was sent and shows nothing, whichever it means", () => {
    const added = order("increment", { before: 20_000, step: 10_500 }, { reference: "33557799" });
    expect(read(201, plain, added, account("default"))).toMatchObject({ grade: "echo", applied: 10_500, total: null });
    const sum = order("increment", { before: 10_000, step: 500 }, { reference: "33557799" });
    const outcome = read(201, plain, sum, account("default", { totalAmountMeans: "total" }));
    expect(outcome).toMatchObject({
      is: "approved",
      grade: "echo",
      applied: null,
      total: 10_500,
      references: { entry: { id: "6479624584536070903093", approvalCode: "831000" } },
    });
  });

  it("lodging: totalAmount 600.00 is the running total beside the 100.00 that were sent", () => {
    const asked = order("increment", { before: 50_000, step: 10_000 }, { reference: "TestCode123" });
    expect(read(201, lodging, asked, account("lodging"))).toMatchObject({
      is: "approved",
      grade: "total",
      applied: 10_000,
      total: 60_000,
      references: {
        entry: { id: "7334466205036952804953", reconciliationId: "214" },
        hold: { network: "304341034201726" },
      },
    });
  });
});

describe("what an increment's amounts show", () => {
  const asked = order("increment", { before: 10_000, step: 500 });
  const amounts = (amountDetails: object) => ({ id: "1", status: "AUTHORIZED", orderInformation: { amountDetails } });

  it("a sum that is not the expected one is told as it was answered", () => {
    const taken = amounts({ totalAmount: "205.00", authorizedAmount: "105.00", currency: "USD" });
    const outcome = read(201, taken, asked, account("default", { totalAmountMeans: "total" }));
    expect(outcome).toMatchObject({ grade: "total", total: 20_500, applied: null });
  });

  it("a step where the sum was sent is no echo", () => {
    const outcome = read(
      201,
      amounts({ authorizedAmount: "5.00" }),
      asked,
      account("default", { totalAmountMeans: "total" }),
    );
    expect(outcome).toMatchObject({ grade: "own_amount", applied: 500 });
  });

  it("lodging: the number that was sent, repeated in both fields, shows nothing", () => {
    const echo = amounts({ totalAmount: "5.00", authorizedAmount: "5.00", currency: "USD" });
    expect(read(201, echo, asked, account("lodging"))).toMatchObject({ grade: "echo", applied: 500, total: null });
  });

  it("flexible: without a total there is the step alone, and without amounts nothing", () => {
    expect(read(201, amounts({ authorizedAmount: "3.00" }), asked)).toMatchObject({
      grade: "own_amount",
      applied: 300,
    });
    expect(read(201, { id: "1", status: "AUTHORIZED" }, asked)).toMatchObject({
      grade: "none",
      applied: null,
      total: null,
    });
    expect(read(201, amounts({ totalAmount: "1,000", authorizedAmount: {} }), asked)).toMatchObject({ grade: "none" });
  });

  it("another currency is no approval that can be booked", () => {
    expect(read(201, amounts({ totalAmount: "105.00", currency: "EUR" }), asked)).toEqual(
      unknown("currency_disagrees"),
    );
  });

  it.each([
    ["JPY", "1500", 1500],
    ["KWD", "1.234", 1234],
    ["HUF", "15.00", 1500],
    ["JPY", 1500, 1500],
  ])("%s %s are %i minor units", (currency, authorizedAmount, minor) => {
    const yen = order("increment", { before: 0, step: minor }, {}, currency);
    expect(read(201, amounts({ authorizedAmount, currency }), yen)).toMatchObject({ applied: minor });
  });
});

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

describe("turned away", () => {
  const asked = order("increment", { before: 2000, step: 1000 });
  const flat = (reason: string) => ({
    submitTimeUtc: "2026-11-22T12:00:00Z",
    status: "INVALID_REQUEST",
    reason,
    message: "",
  });

  it.each([
    ["MISSING_FIELD", "never"],
    ["INVALID_DATA", "never"],
    ["INVALID_PAYMENT_ID", "never"],
    ["CARD_TYPE_NOT_ACCEPTED", "never"],
    ["PROCESSOR_UNAVAILABLE", "later"],
  ])("a flat 400 %s was certainly not applied; again: %s", (reason, again) => {
    expect(read(400, flat(reason), asked)).toEqual({ is: "rejected", cause: reason, again });
  });

  it("a duplicate reference is our fault at first, and later a sign that it had arrived", () => {
    expect(read(400, flat("DUPLICATE_REQUEST"), asked)).toMatchObject({ is: "rejected", again: "never" });
    expect(read(400, flat("DUPLICATE_REQUEST"), asked, account("flexible"), 2)).toEqual(unknown("duplicate_request"));
  });

  it.each([
    [401, "later"],
    [403, "never"],
    [404, "never"],
    [429, "later"],
  ])("%i is at the door, in either shape of the gateway's own error; again: %s", (status, again) => {
    for (const error of [{ response: { rmsg: "Authentication Failed" } }, flat("NOT_ALLOWED")]) {
      expect(read(status, error, asked)).toMatchObject({ is: "rejected", again });
    }
  });

  it.each([400, 401, 403, 404, 429])("%i in any other shape may come from in between, and tells nothing", (status) => {
    const { message: _, ...wordless } = flat("INVALID_DATA");
    for (const body of [
      {},
      { message: "The requested resource does not exist" },
      { error: "Not Found", status },
      { reason: "INVALID_DATA", message: "" },
      { status: 400, reason: "INVALID_DATA", message: "" },
      wordless,
      { response: "Authentication Failed" },
      { response: {} },
      { ...flat("SYSTEM_ERROR"), status: "SERVER_ERROR" },
      { ...flat("AUTHORIZED"), id: "71" },
      { id: "71", status: "AUTHORIZED" },
    ]) {
      expect(read(status, body, asked)).toEqual(unknown("unreadable_answer"));
    }
  });

  it("what was surely not sent was surely not applied", () => {
    const result = outcomeOf({ is: "not_sent", cause: "econnrefused" }, asked, 1, account("flexible"));
    expect(result).toEqual({ is: "rejected", cause: "not_sent: econnrefused", again: "later" });
  });
});

describe("not known", () => {
  const asked = order("increment", { before: 2000, step: 1000 });

  it.each([500, 502, 503, 504, 301, 307, 308, 202, 204, 408, 409, 422])("HTTP %i", (status) => {
    const body = { status: "SERVER_ERROR", reason: "SYSTEM_ERROR" };
    expect(read(status, body, asked)).toEqual(unknown(`http_${status}`));
  });

  it("a 5xx that claims success", () => {
    expect(read(502, { id: "1", status: "AUTHORIZED" }, asked)).toEqual(unknown("http_502"));
  });

  it.each(["", "<html>Service unavailable</html>", "null", "[]", '"AUTHORIZED"', "\u0000"])(
    "a body like %j",
    (body) => {
      for (const status of [200, 201, 400, 401, 403, 404, 429]) {
        const result = { is: "answered", status, contentType: "text/html", body } as const;
        expect(outcomeOf(result, asked, 1, account("flexible")).is).toBe("unknown");
      }
    },
  );

  it("any truncated answer", () => {
    const whole = JSON.stringify(flexible);
    fc.assert(
      fc.property(fc.nat(whole.length - 1), (length) => {
        const result = { is: "answered", status: 201, contentType: "", body: whole.slice(0, length) } as const;
        expect(outcomeOf(result, asked, 1, account("flexible")).is).toBe("unknown");
      }),
    );
  });

  it("no arbitrary JSON ever approves, declines or throws", () => {
    const kinds = fc.constantFrom("authorize", "increment", "capture", "reverse");
    fc.assert(
      fc.property(fc.json(), fc.integer({ min: 100, max: 599 }), kinds, (body, status, kind) => {
        const result = { is: "answered", status, contentType: "", body } as const;
        const { is } = outcomeOf(result, order(kind, { before: 0, step: 0 }), 1, account("lodging"));
        expect(["unknown", "rejected"]).toContain(is);
      }),
      { numRuns: 2000 },
    );
  });

  it("fields of any shape never throw, and approve only by a whole approving status", () => {
    const shape = fc.record(
      {
        id: fc.anything(),
        status: fc.oneof(fc.constantFrom("AUTHORIZED", "DECLINED", "PENDING"), fc.anything()),
        orderInformation: fc.oneof(fc.anything(), fc.record({ amountDetails: fc.anything() })),
        errorInformation: fc.anything(),
        processorInformation: fc.anything(),
        _links: fc.anything(),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(shape, (answer) => {
        const outcome = read(201, answer, asked);
        if (outcome.is === "approved") expect(answer.status).toBe("AUTHORIZED");
        if (outcome.is === "declined") expect(answer.status).toBe("DECLINED");
      }),
      { numRuns: 1000 },
    );
  });
});

function read(
  status: number,
  answer: object,
  asked: Order,
  settings: CyberSourceSettings = account("flexible"),
  attempt = 1,
): Outcome {
  const body = JSON.stringify(answer, (_, value) => (typeof value === "bigint" ? String(value) : value));
  return outcomeOf({ is: "answered", status, contentType: "application/json", body }, asked, attempt, settings);
}

function unknown(cause: string): Outcome {
  return { is: "unknown", cause };
}

const links = (self: string, next: string) => ({
  authReversal: { method: "POST", href: `/pts/v2/payments/${next}/reversals` },
  self: { method: "GET", href: `/pts/v2/payments/${self}` },
  capture: { method: "POST", href: `/pts/v2/payments/${next}/captures` },
});

/** "Incremental Authorization for Flexible Scenario" */
const flexible = {
  _links: links("7474222613396289103814", "7474221808366131703814"),
  clientReferenceInformation: {
    comments: "Flexible Incremental Auth",
    code: "test123",
    partner: { developerId: "prodDeveloperId", solutionId: "prodSolutionId" },
  },
  id: "7474222613396289103814",
  orderInformation: { amountDetails: { totalAmount: "30.00", authorizedAmount: "10.00", currency: "USD" } },
  paymentInformation: { accountFeatures: { category: "F" } },
  processorInformation: {
    systemTraceAuditNumber: "067388",
    approvalCode: "033470",
    transactionId: "305136685813069",
    responseCode: "00",
  },
  reconciliationId: "7474221808366131703814",
  status: "AUTHORIZED",
  submitTimeUtc: "2025-05-16T19:04:21Z",
};

/** "Incremental Authorization" */
const plain = {
  _links: links("6479624584536070903093", "6479624584536070903093"),
  clientReferenceInformation: { code: "33557799" },
  id: "6479624584536070903093",
  orderInformation: { amountDetails: { authorizedAmount: "105.00", currency: "USD" } },
  paymentAccountInformation: { card: { type: "001" } },
  paymentInformation: { tokenizedCard: { type: "001" }, card: { type: "001" } },
  processorInformation: {
    systemTraceAuditNumber: "819203",
    approvalCode: "831000",
    cardVerification: { resultCodeRaw: "M", resultCode: "M" },
    merchantAdvice: { code: "01", codeRaw: "M001" },
    responseDetails: "ABC",
    networkTransactionId: "016153570198200",
    retrievalReferenceNumber: "208115819203",
    consumerAuthenticationResponse: { code: "2", codeRaw: "2" },
    transactionId: "016153570198200",
    responseCode: "00",
    avs: { code: "Y", codeRaw: "Y" },
  },
  reconciliationId: "6479624584536070903093",
  status: "AUTHORIZED",
  submitTimeUtc: "2026-03-22T15:20:58Z",
};

/** Lodging, "Incremental Authorization" */
const lodging = {
  _links: links("7334466205036952804953", "7334466205036952804953"),
  clientReferenceInformation: {
    comments: "Incremental Auth CP",
    code: "TestCode123",
    partner: { developerId: "AssignedDevID", solutionId: "AssignedSolutionID" },
  },
  id: "7334466205036952804953",
  orderInformation: { amountDetails: { totalAmount: "600.00", authorizedAmount: "100.00", currency: "USD" } },
  paymentInformation: { accountFeatures: { category: "A" } },
  processorInformation: {
    systemTraceAuditNumber: "023821",
    approvalCode: "012921",
    transactionId: "304341034201726",
    responseCode: "00",
  },
  reconciliationId: "214",
  status: "AUTHORIZED",
  submitTimeUtc: "2025-12-06T00:58:10Z",
};
