import { describe, expect, test } from "vitest";
import { payerView, type Step } from "@plimsoll/shared";
import { fixtures, type FixtureName } from "../../fixtures/fixtures.ts";
import { hold as story, step } from "../../fixtures/story.ts";
import { en, type HoldName } from "../words/en.ts";
import { money } from "../words/money.ts";
import { times } from "../words/time.ts";
import { translator } from "../words/words.ts";
import { headline } from "./card.ts";
import { layers, scaleTop } from "./gauge.ts";
import { look, nameOf } from "./ledger.ts";
import { heard, newsBetween } from "./news.ts";
import { noticeOf } from "./notice.ts";
import type { Sight } from "./sight.ts";
import { STATES, statesOf } from "./states.ts";

const say = translator<HoldName>(en, undefined);
const dollars = money("en-US", "USD", 2);

function sight(name: FixtureName, more: Partial<Sight> = {}): Sight {
  const { hold, now } = fixtures[name];
  if (!hold) throw new Error("nothing to see");
  const at = Date.parse(now);
  const connection = { state: "live", confirmed: at, failure: undefined } as const;
  return { hold, say, money: dollars, times: times("en-US", at, "UTC"), now: at, connection, asOf: false, ...more };
}

test("every fixture is a view of the contract", () => {
  const views = Object.values(fixtures).flatMap(({ hold }) => hold ?? []);
  expect(views.map((view) => payerView.parse(view))).toEqual(views);
});

describe("the notice", () => {
  const said: [FixtureName, string][] = [
    ["opening", "Asking your bank."],
    ["open", "You agreed to up to $800.00. The final price may be lower."],
    ["estimate", "Estimate: may rise to $800.00. The final price may be lower."],
    ["free", "The final price may be lower. What is not used is released."],
    ["waiting", "Harbor Hotel is waiting for you to pay. Nothing is on hold yet."],
    ["pending", "Asking your bank for $50.00 more."],
    ["queued", "Next: $250.00 more."],
    ["uncharged", "$400.00 was not charged. The hold stays $650.00."],
    ["late", "$400.00 was not charged. This hold may have ended."],
    ["soon", "This hold ends in about 9 hours if it is not charged before."],
    ["question", "Harbor Hotel is waiting for your answer."],
    ["declined", "$120.00 more was not approved. The hold stays $650.00. Nothing was added."],
    ["authentication", "Your bank wants you to confirm this with them. Ask Harbor Hotel."],
    ["partly", "$120.00 of $200.00 was approved. The hold is $570.00."],
    ["doubt", "We are checking the last step with the bank. Please don’t pay again."],
    ["ending", "This hold ends in 9 hours if it is not charged before."],
    ["passed", "This hold may have ended. It can still be charged."],
    ["capturing", "Finishing. You will be charged $623.50 of the $650.00 on hold."],
    ["captured", "What isn’t charged goes back to you. Banks usually show it within 1 to 5 business days."],
    ["rest", "$26.50 stays on hold until your bank frees it by itself."],
    ["lapsing", "What isn’t charged goes back to you."],
    ["reversing", "Harbor Hotel is releasing this hold."],
    ["expired", "This hold ended on Nov 21. Nothing has been charged."],
    ["failed", "The hold could not be placed. Nothing was charged."],
  ];
  test.each(said)("of %s", (name, text) => expect(noticeOf(sight(name)).text).toBe(text));

  test("puts doubt before a question, a question before a failure, and that before a decline", () => {
    const { hold } = sight("declined");
    const { question } = sight("question").hold;
    const { doubt } = sight("doubt").hold;
    const failure = { code: "not_found", message: "", reference: "PL-1", status: 404, passing: false };
    const connection = { state: "failed", confirmed: 0, failure } as const;
    const kind = (more: Partial<Sight["hold"]>) =>
      noticeOf(sight("declined", { hold: { ...hold, ...more }, connection })).kind;
    expect([kind({ question, doubt }), kind({ question }), kind({})]).toEqual(["doubt", "question", "retry"]);
    expect(noticeOf(sight("declined")).kind).toBe("declined");
  });

  test("of a declined step goes with the next applied one, and after a day", () => {
    const { hold } = sight("declined");
    const applied = { ...hold, steps: [...hold.steps, step(5, 1000, "Bar", "13:59")] };
    expect(noticeOf(sight("declined", { hold: applied })).kind).toBe("calm");
    expect(noticeOf(sight("declined", { now: sight("declined").now + 86_400_000 })).kind).not.toBe("declined");
  });

  test("of a declined step yields to a newer one that is sent or waits to be", () => {
    const { hold } = sight("declined");
    const text = (more: Partial<Step>) => {
      const steps = [
        ...hold.steps,
        step(5, 1000, "Bar", "13:59", more),
        step(6, 2000, "Tea", "13:59", { state: "queued" }),
      ];
      const view = sight("declined", { hold: { ...hold, steps, amounts: { ...hold.amounts, pending: 3000 } } });
      return [noticeOf(view).text, noticeOf(view, true).text];
    };
    const told = "$120.00 more was not approved. The hold stays $650.00. Nothing was added.";
    expect(text({ state: "asking" })).toEqual(["Asking your bank for $10.00 more.", told]);
    expect(text({ state: "queued" })).toEqual(["Next: $30.00 more.", told]);
    expect(text({ state: "withdrawn" })[1]).toBe(told);
  });

  test("of a capture that was not taken goes with the next one that is", () => {
    const { hold } = sight("uncharged");
    const part = step(5, 10_000, null, "13:59", { kind: "capture", sign: 0 });
    const amounts = { ...hold.amounts, captured: 10_000, held: 55_000 };
    const charged = sight("uncharged", { hold: { ...hold, steps: [...hold.steps, part], amounts } });
    expect(noticeOf(charged).text).toBe("$100.00 has been charged. $550.00 is still on hold.");
  });

  test("says by its own clock that an end has passed, also when nobody has told it", () => {
    const { hold, now } = sight("ending");
    const text = (after: number) => noticeOf(sight("ending", { now: now + after })).text;
    expect(hold.ends?.passed).toBe(false);
    expect(text(9 * 3_600_000 - 1)).toMatch(/^This hold ends in/);
    expect(text(9 * 3_600_000)).toBe("This hold may have ended. It can still be charged.");
  });

  test("of a word that this script does not know breaks nothing", () => {
    const hold = { ...sight("open").hold, lifecycle: "other" } as const;
    expect(noticeOf(sight("open", { hold })).text).toBe("Updated. Ask Harbor Hotel for the details.");
  });
});

test("a step is called what it came to", () => {
  const last = (name: FixtureName) => {
    const { hold } = sight(name);
    const of = hold.steps.at(-1);
    if (!of) throw new Error("no step");
    return [nameOf(of, false), look(of, hold)[2]].map((word) => say(word));
  };
  expect(last("uncharged")).toEqual(["Charge", "not charged"]);
  expect(last("late")).toEqual(["Charge", "not charged"]);
  expect(last("capturing")).toEqual(["Charge", "waiting for your bank"]);
  expect(last("captured")).toEqual(["Charged", "done"]);
  expect(last("waiting")[1]).toBe("waiting for you");
  expect(last("opening")[1]).toBe("waiting for your bank");
  expect(last("declined")[1]).toBe("not approved");
});

test("the headline is the one amount that is true now", () => {
  const shown = (name: FixtureName) => headline(sight(name).hold);
  expect(shown("opening")).toEqual([40_000, "placing"]);
  expect(shown("pending")).toEqual([65_000, "onHold"]);
  expect(shown("contradicted")).toEqual([65_000, "beingChecked"]);
  expect(shown("captured")).toEqual([62_350, "charged"]);
  expect(shown("reversed")).toEqual([0, "released"]);
  expect(shown("refused")).toEqual([0, "nothingOnHold"]);
  expect(shown("failed")).toEqual([40_000, "nothingOnHold"]);
});

describe("the gauge", () => {
  test("reaches to whatever is highest: ceiling, question, former hold", () => {
    expect(scaleTop(sight("open").hold)).toBe(80_000);
    expect(scaleTop(sight("question").hold)).toBe(90_000);
    expect(scaleTop(sight("above").hold)).toBe(85_000);
  });

  test("is round where there is no ceiling: 650.00 on a scale of 1,000.00", () => {
    expect(scaleTop(sight("free").hold)).toBe(100_000);
  });

  test("draws a line under each increment but the first, at most nine, and none above what is held", () => {
    expect(layers(sight("open").hold)).toEqual([40_000, 45_000]);
    expect(layers(sight("many").hold)).toHaveLength(9);
    const lowered = story({
      steps: [...story().steps, step(4, 20_000, null, "13:50", { kind: "reversal", sign: -1 })],
    });
    expect(layers(lowered)).toEqual([40_000]);
  });
});

describe("news", () => {
  test("of the first view is none", () => {
    expect(newsBetween(undefined, sight("open").hold)).toMatchObject({ steps: [], ended: false });
  });

  test("names the steps that are new or have ended", () => {
    expect(newsBetween(sight("pending").hold, sight("doubt").hold).steps.map(({ reason }) => reason)).toEqual([
      "Mini-bar",
    ]);
    expect(newsBetween(sight("open").hold, sight("captured").hold).ended).toBe(true);
  });

  const between = (before: FixtureName, after: FixtureName) =>
    heard(sight(before).hold, sight(after).hold, noticeOf(sight(after)).text, say, dollars);

  test("is heard as one thing: what happened to the money", () => {
    expect(between("opening", "first")).toEqual(["A hold of $400.00 was placed."]);
    expect(between("first", "open")).toEqual(["Hold raised by $250.00, now $650.00."]);
    expect(between("pending", "open")).toEqual([]);
    expect(between("open", "declined")).toEqual([
      "$120.00 more was not approved. The hold stays $650.00. Nothing was added.",
    ]);
    expect(between("open", "captured")[0]).toBe("You were charged $623.50.");
    expect(between("open", "question")).toEqual([
      "Harbor Hotel is waiting for your answer.",
      "Raise the hold to $900.00?",
    ]);
  });
});

test("custom states are of the published list", () => {
  for (const name of Object.keys(fixtures) as FixtureName[]) {
    if (name === "blank") continue;
    const one = sight(name);
    for (const state of statesOf(one.hold, one.connection, noticeOf(one).kind)) expect(STATES).toContain(state);
  }
  const pending = sight("pending");
  expect(statesOf(pending.hold, pending.connection, "calm")).toEqual(["open", "pending", "live"]);
});
