import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { outcomeOf } from "./answers.ts";
import { account, order } from "./testing/order.ts";
import { flexible } from "./testing/published-answers.ts";
import { read, unknown } from "./testing/read-answer.ts";

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
