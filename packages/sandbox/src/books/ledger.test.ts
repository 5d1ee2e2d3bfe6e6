import { describe, expect, it } from "vitest";
import { movableClock } from "../clock.ts";
import type { Posting } from "./ledger.ts";
import { createLedger } from "./ledger.ts";
import { stateOf, sumsOf } from "./payment.ts";
import { shownBooks } from "./report-books.ts";

const NOON = Date.parse("2026-11-21T12:00:00Z");
const DAY = 86_400_000;

function opened(livesFrom?: "newest") {
  const clock = movableClock({ now: () => NOON });
  const ledger = createLedger<{ table: number }>({
    clock,
    livesMs: () => 7 * DAY,
    ...(livesFrom === undefined ? {} : { livesFrom: ({ movements }) => movements.at(-1)?.at ?? 0 }),
  });
  const open = (id: string, posting?: Posting) =>
    ledger.open(
      {
        id,
        merchant: "shop",
        currency: "EUR",
        exponent: 2,
        network: "visa",
        lastFour: "1111",
        references: { order: `order-${id}` },
        facts: { table: 4 },
      },
      posting,
    );
  return { clock, ledger, open, now: () => ledger.byId("shop", "p1") };
}

const step = (kind: Posting["kind"], amount: number, more: Partial<Posting> = {}): Posting => ({
  id: "p1",
  kind,
  amount,
  applied: amount,
  status: "OK",
  ...more,
});

describe("an authorization that lived too long", () => {
  it("is let go of by the issuer at its very end, seen by whoever looks next", () => {
    const { ledger, open, clock, now } = opened();
    open("p1", step("authorization", 2000));
    clock.advance(7 * DAY - 1);
    expect(sumsOf(now() ?? { movements: [] })).toMatchObject({ held: 2000 });
    clock.advance(5 * DAY);
    const payment = now();
    if (payment === undefined) throw new Error("it is in the books");
    expect(sumsOf(payment)).toEqual({ authorized: 2000, captured: 0, released: 2000, held: 0 });
    expect(stateOf(payment)).toBe("expired");
    expect(payment.movements.at(-1)).toMatchObject({ kind: "issuer release", applied: 2000, at: NOON + 7 * DAY });
    expect(ledger.expires(payment)).toBeNull();
  });

  it("lets go before a later step is written, and of the rest only where part was captured", () => {
    const { ledger, open, clock, now } = opened();
    const payment = open("p1", step("authorization", 2000));
    ledger.post(payment, step("capture", 500));
    clock.advance(8 * DAY);
    ledger.post(payment, step("capture", 1500, { closes: true }));
    expect(now()?.movements.map(({ kind, applied }) => [kind, applied])).toEqual([
      ["authorization", 2000],
      ["capture", 500],
      ["issuer release", 1500],
      ["capture", 1500],
    ]);
    expect(sumsOf(now() ?? { movements: [] })).toMatchObject({ captured: 2000, held: 0 });
  });

  it("lives on where an increment prolongs it", () => {
    const { ledger, open, clock, now } = opened("newest");
    const payment = open("p1", step("authorization", 2000));
    clock.advance(6 * DAY);
    ledger.post(payment, step("increment", 500));
    clock.advance(6 * DAY);
    expect(sumsOf(now() ?? { movements: [] })).toMatchObject({ held: 2500 });
    expect(ledger.expires(payment)).toBe(NOON + 13 * DAY);
  });

  it("holds nothing either after a void has given money back", () => {
    const { ledger, open, clock, now } = opened();
    const payment = open("p1", step("authorization", 2000));
    ledger.post(payment, step("capture", 2000, { closes: true }));
    clock.advance(8 * DAY);
    ledger.post(payment, step("void", 2000, { undoes: 1 }));
    expect(sumsOf(now() ?? { movements: [] })).toEqual({ authorized: 2000, captured: 0, released: 2000, held: 0 });
    expect(now()?.movements.at(-1)).toMatchObject({ kind: "issuer release", at: NOON + 8 * DAY });
  });
});

describe("a payment's own time", () => {
  it("passes for it alone", () => {
    const { ledger, open } = opened();
    const early = open("p1", step("authorization", 2000));
    open("p2", step("authorization", 300, { id: "p2" }));
    const ended = ledger.advance(early, 7 * DAY);
    expect([stateOf(ended), ended.ahead]).toEqual(["expired", 7 * DAY]);
    expect(ledger.of("shop").map((payment) => sumsOf(payment).held)).toEqual([0, 300]);
  });

  it("dates what happens in it", () => {
    const { ledger, open } = opened();
    const payment = ledger.advance(open("p1", step("authorization", 2000)), DAY);
    expect(ledger.post(payment, step("increment", 100)).movements.at(-1)?.at).toBe(NOON + DAY);
  });
});

it("a payment that waits for its payer has no movement, and is found by the reference of its opening", () => {
  const { ledger, open } = opened();
  const payment = open("p1");
  expect(stateOf(payment)).toBe("waiting");
  expect(ledger.byAnyId("shop", "order-p1")?.id).toBe("p1");
  expect(ledger.byId("shop", "order-p1")).toBeUndefined();
  expect(ledger.byAnyId("other", "order-p1")).toBeUndefined();
});

it("the books say the gateway's own facts, and the sums of all payments by currency", () => {
  const { ledger, open } = opened();
  ledger.update(open("p1", step("authorization", 2000)), { table: 7 });
  open("p2", step("authorization", 300, { id: "p2", applied: 0 }));
  const shown = shownBooks(
    ledger,
    (merchant) => merchant === "shop",
    ({ facts }) => facts,
  );
  const books = shown.books("shop");
  expect(books?.sums).toEqual({ EUR: { exponent: 2, authorized: 2000, captured: 0, released: 0, held: 2000 } });
  expect(books?.payments.map(({ state, facts, expires }) => [state, facts, expires])).toEqual([
    ["open", { table: 7 }, "2026-11-28T12:00:00.000Z"],
    ["declined", { table: 4 }, null],
  ]);
  expect(shown.books("nobody")).toBeUndefined();
  expect(shown.advance("shop", "p1", 8 * DAY)?.state).toBe("expired");
});
