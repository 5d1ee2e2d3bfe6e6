import { inputs } from "@plimsoll/shared";
import { describe, expect, test } from "vitest";
import { no, staffHold as viewOf } from "../../fixtures/desk.ts";
import { staffHold, type StaffHold } from "../live/staff.ts";
import { typedAmount } from "./amount.ts";
import { allowed, asksPayer, begin, planned, releasedBy, totalWith, type ActionName, type Draft } from "./draft.ts";
import { edited, failed, isSame, opened, sending } from "./form.ts";

const english = { decimal: ".", group: "," };
const hold = (more: Parameters<typeof viewOf>[0] = {}): StaffHold => staffHold(viewOf(more));
const refused = no("above_ceiling", "That is above what the payer agreed to.");
const stepId = `step_${"4".padStart(32, "0")}`;
const doubt = {
  doubt: { kind: "no_answer", since: "2026-11-21T13:59:00Z", nextLook: null },
  doubtful: { step: stepId, amount: 5_000 },
  money: { pending: 5_000 },
} as const;

function plan(action: ActionName, view: StaffHold, more: Partial<Draft> = {}) {
  return planned({ ...begin(action, view, english, stepId), ...more }, view, english);
}

function command(action: ActionName, view: StaffHold, more: Partial<Draft> = {}) {
  const found = plan(action, view, more);
  if (!found.ok) throw new Error(found.problem);
  return found.command;
}

describe("adding to a hold", () => {
  test("sends the amount in minor units of the hold's currency, with its reason", () => {
    const { name, input } = command("raise", hold(), { amount: "120", reason: " Spa " });
    expect(name).toBe("increment");
    expect(input).toEqual({ hold: hold().id, amount: 12_000, currency: "USD", reason: "Spa" });
    expect(inputs.increment.parse(input)).toEqual(input);
  });

  test("is exact in currencies with no decimals and with three", () => {
    expect(command("raise", hold({ currency: "JPY", exponent: 0 }), { amount: "1,200" }).input).toMatchObject({
      amount: 1_200,
      currency: "JPY",
    });
    expect(command("raise", hold({ currency: "KWD", exponent: 3 }), { amount: "1.25" }).input).toMatchObject({
      amount: 1_250,
      currency: "KWD",
    });
    expect(plan("raise", hold({ currency: "JPY", exponent: 0 }), { amount: "1.5" })).toMatchObject({
      ok: false,
      problem: "amountDecimals",
    });
  });

  test("asks the payer where somebody chose so, and where more than the limit can't be added without them", () => {
    expect(command("raise", hold(), { amount: "120", asks: true }).name).toBe("propose");
    expect(command("raise", hold(), { amount: "150" }).name).toBe("increment");
    expect(command("raise", hold(), { amount: "150.01" }).name).toBe("propose");
  });

  test("is stopped at the operator's own limit, which no yes of the payer lifts", () => {
    const limited = hold({ limits: { ...hold().limits, raise: 10_000 } });
    for (const amount of ["100.01", "900"]) {
      expect(plan("raise", limited, { amount })).toMatchObject({ ok: false, problem: "aboveRaise" });
    }
    expect(command("raise", limited, { amount: "100" }).name).toBe("increment");
    expect(plan("raise", limited, { amount: "120", asks: true })).toMatchObject({ ok: false, problem: "aboveRaise" });
  });

  test("starts with the question where only that is allowed, and asks nobody where that isn't", () => {
    const { can } = viewOf();
    expect(begin("raise", hold({ can: { ...can, increment: refused } }), english).asks).toBe(true);
    const alone = hold({ can: { ...can, propose: refused } });
    expect(asksPayer(begin("raise", alone, english), alone, typedAmount("900", 2, english))).toBe(false);
  });

  test("counts what is under way into the new total", () => {
    expect(totalWith(hold({ money: { pending: 5_000 } }), 12_000)).toBe(82_000);
  });
});

describe("capturing", () => {
  test("starts with all that is held and says what less would release", () => {
    expect(begin("capture", hold(), english).amount).toBe("650.00");
    expect(begin("capture", hold({ currency: "JPY", exponent: 0 }), english).amount).toBe("65000");
    expect(releasedBy(hold(), 62_350)).toBe(2_650);
    expect(releasedBy(hold(), 65_000)).toBe(0);
  });

  test("is final, and at most what the view allows", () => {
    const { name, input } = command("capture", hold(), { amount: "623.50" });
    expect([name, inputs.capture.parse(input)]).toEqual([
      "capture",
      { hold: hold().id, amount: 62_350, currency: "USD", final: true, leaveDoubt: false },
    ]);
    expect(plan("capture", hold(), { amount: "650.01" })).toMatchObject({ ok: false, problem: "aboveMost" });
  });

  test("with a step in doubt needs a tick, and says so to the server", () => {
    expect(plan("capture", hold(doubt))).toMatchObject({ ok: false, problem: "leaveMissing", field: "leaves" });
    expect(command("capture", hold(doubt), { leaves: true }).input).toMatchObject({ amount: 65_000, leaveDoubt: true });
  });

  test("of a hold whose time has passed says that it is meant, and only then", () => {
    const ends = { at: "2026-11-21T13:00:00Z", estimated: true };
    const late = command("capture", hold({ ends: { ...ends, passed: true } }), { amount: "623.50" }).input;
    expect(inputs.capture.parse(late)).toMatchObject({ amount: 62_350, accept: "late_presentment" });
    expect(command("capture", hold({ ends: { ...ends, passed: false } })).input).not.toHaveProperty("accept");
    const figures = (passed: boolean) => {
      const found = plan("capture", hold({ ends: { ...ends, passed } }), { amount: "623.50" });
      return found.ok && found.figures;
    };
    expect(figures(true)).not.toBe(figures(false));
  });

  test("has other figures once the hold has changed, so that the second step is looked at again", () => {
    const figures = (view: StaffHold) => {
      const found = plan("capture", view, { amount: "623.50" });
      return found.ok && found.figures;
    };
    expect(figures(hold())).toBe(figures(hold({ label: "another" })));
    expect(figures(hold())).not.toBe(figures(hold({ money: { held: 70_000 } })));
  });
});

describe("a verdict on a step in doubt", () => {
  test("names the step, what was applied and what shows it", () => {
    const view = hold(doubt);
    expect(plan("resolve", view)).toMatchObject({ ok: false, problem: "outcomeMissing" });
    expect(plan("resolve", view, { outcome: "applied" })).toMatchObject({ ok: false, problem: "evidenceMissing" });
    const { input } = command("resolve", view, {
      outcome: "applied",
      amount: "40",
      evidence: " Statement of 21 Nov ",
      reason: "The guest leaves ",
    });
    expect(inputs.resolve.parse(input)).toEqual({
      hold: view.id,
      step: stepId,
      outcome: "applied",
      amount: 4_000,
      evidence: "Statement of 21 Nov",
      reason: "The guest leaves",
    });
    const not = command("resolve", view, { outcome: "not_applied", evidence: "Nothing in their list" });
    expect(not.input).not.toHaveProperty("amount");
  });
});

test("what has nothing to type is sent as it stands", () => {
  const view = hold({ id: `hold_${"1".padStart(32, "0")}` });
  expect(inputs.reverse.parse(command("reverse", view).input)).toEqual({ hold: view.id });
  expect(command("extend", view)).toEqual({ name: "extend", input: { hold: view.id } });
  expect(inputs.onStep.parse(command("withdraw", view).input)).toEqual({ hold: view.id, step: stepId });
  expect(command("takeBack", view).name).toBe("reverseIncrement");
});

test("what may be done is the view's own word", () => {
  const { can } = viewOf();
  const view = hold({ can: { ...can, increment: refused, propose: refused, capture: refused } });
  expect(allowed("raise", view, null)).toEqual(refused);
  expect(allowed("raise", hold({ can: { ...can, increment: refused } }), null)).toEqual({ ok: true });
  expect(allowed("capture", view, null)).toEqual(refused);
  expect(allowed("takeBack", view, null)).toMatchObject({ ok: false, code: "reversal_unsupported" });
  expect(allowed("takeBack", hold({ steps: [] }), null)).toBeUndefined();
});

describe("sending a form", () => {
  const view = hold();
  const form = opened({ ...begin("raise", view, english), amount: "120" });
  const spa = command("raise", view, { amount: "120" });
  const lost = { code: "network", message: "", reference: "", status: 0, passing: true };
  const keys =
    (...names: string[]) =>
    () =>
      names.shift() ?? "none left";

  test("keeps its key until it is answered, and gets a new one for another content", () => {
    const first = sending(form, spa, keys("A"));
    const again = sending(failed(first, lost), spa, keys("B"));
    expect([first.unanswered.key, again.unanswered.key]).toEqual(["A", "A"]);
    const other = sending(failed(again, lost), command("raise", view, { amount: "12" }), keys("C"));
    expect(other.unanswered.key).toBe("C");
  });

  test("gets a new key after a refusal: nothing of it was taken", () => {
    const refusal = failed(sending(form, spa, keys("A")), { ...lost, code: "line_full", status: 409, passing: false });
    expect(refusal.phase).toBe("refused");
    expect(sending(refusal, spa, keys("B")).unanswered.key).toBe("B");
  });

  test.each(["network", "unreadable", "http", "internal", "store_unavailable"])(
    "is not known to have failed after %s",
    (code) => {
      expect(failed(sending(form, spa, keys("A")), { ...lost, code }).phase).toBe("unclear");
    },
  );

  test("remembers what may have got through while it is changed", () => {
    const unclear = failed(sending(form, spa, keys("A")), lost);
    const changed = edited(unclear, { amount: "12" });
    expect(isSame(unclear, spa)).toBe(true);
    expect(isSame(changed, command("raise", view, { amount: "12" }))).toBe(false);
    expect(sending(edited(changed, { amount: "120" }), spa, keys("B")).unanswered.key).toBe("A");
  });
});
