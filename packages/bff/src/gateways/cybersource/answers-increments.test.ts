import { describe, expect, it } from "vitest";
import { account, order } from "./testing/order.ts";
import { flexible, lodging, plain } from "./testing/published-answers.ts";
import { read, unknown } from "./testing/read-answer.ts";

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
