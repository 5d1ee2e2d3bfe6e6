import { describe, expect, test } from "vitest";
import fc from "fast-check";
import { fixtures } from "../../fixtures/fixtures.ts";
import { answer, hold, instant, text, Unreadable, word } from "./decode.ts";

const view = fixtures.question.hold;

describe("reading an answer", () => {
  test("gives back every field of the contract", () => {
    const views = Object.values(fixtures).flatMap((fixture) => fixture.hold ?? []);
    expect(views.map(hold)).toEqual(views);
  });

  test("survives a server that is newer than the script: unknown words become other, unknown fields are left out", () => {
    const newer = {
      ...view,
      lifecycle: "tokenised",
      surprise: 1,
      steps: [{ ...view.steps[0], state: "melted", kind: "gift" }],
    };
    expect(hold(newer)).toMatchObject({ lifecycle: "other", steps: [{ state: "other", kind: "other" }] });
    expect(hold(newer)).not.toHaveProperty("surprise");
  });

  test("refuses amounts that are not whole minor units", () => {
    for (const held of [1.5, -1, "650", Number.NaN, 2 ** 60, null]) {
      expect(() => hold({ ...view, amounts: { ...view.amounts, held } })).toThrow(Unreadable);
    }
  });

  test("strips direction controls from the merchant's words", () => {
    expect(text("Spa\u202Ehidden\u2069")).toBe("Spahidden");
  });

  test("takes only instants and known words", () => {
    expect(() => instant("soon")).toThrow(Unreadable);
    expect(word(["a", "b"])("c")).toBe("other");
  });

  test("throws nothing but Unreadable, whatever arrives", () => {
    const read = answer(hold);
    fc.assert(
      fc.property(fc.anything(), (value) => {
        expect(() => read(value)).toThrow(Unreadable);
      }),
    );
  });

  test("never crashes on an answer with one field spoilt", () => {
    const fields = fc.constantFrom(...Object.keys(view));
    fc.assert(
      fc.property(fields, fc.anything(), (field, value) => {
        try {
          hold({ ...view, [field]: value });
        } catch (error) {
          expect(error).toBeInstanceOf(Unreadable);
        }
      }),
    );
  });
});
