import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { gatewayReference, holdsCardNumber, reference, words } from "./text.ts";

/** Test numbers that the networks publish. */
const CARDS = [
  "4111111111111111",
  "5555555555554444",
  "378282246310005",
  "6011111111111117",
  "30569309025904",
  "3530111333300000",
];

describe("card numbers", () => {
  it.each(CARDS)("%s is seen as it is, and however it is grouped", (number) => {
    const groups = number.match(/\d{1,4}/g) ?? [];
    const others = [".", "/", "  ", "\u00A0", "\u2011"].map((between) => groups.join(between));
    const wide = number.replaceAll(/\d/g, (digit) => String.fromCodePoint(0xff10 + Number(digit)));
    const texts = [
      number,
      groups.join(" "),
      groups.join("-"),
      ...others,
      wide,
      `paid with ${number}.`,
      `card:${groups.join("-")}!`,
    ];
    expect(texts.filter((text) => !holdsCardNumber(text))).toEqual([]);
  });

  it("inside longer runs of digits are gateways' own ids", () => {
    for (const card of CARDS) expect(holdsCardNumber(`7${card}123456`)).toBe(false);
    expect(holdsCardNumber("6461731521426399003473")).toBe(false);
  });

  it.each([
    "4111111111111112",
    "2026-05-01 12:00:00 412",
    "+1 (555) 010-9999",
    "Room 412, 4 nights",
    "1234567890123456",
  ])("are not seen in %j", (text) => {
    expect(holdsCardNumber(text)).toBe(false);
  });

  it("never pass as words, wherever they stand", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...CARDS),
        fc.constantFrom("", " ", "-"),
        fc.stringMatching(/^[a-z ]{0,20}$/),
        (card, between, around) => {
          const text = `${around}${card.split("").join(between)}${around}`;
          expect(words(140).safeParse(text).success).toBe(false);
        },
      ),
    );
  });

  it("hidden behind direction controls are still seen", () => {
    expect(words(140).safeParse("4111\u202E1111\u20661111\u200F1111").success).toBe(false);
  });
});

describe("words", () => {
  it("lose direction controls and line breaks, and are trimmed", () => {
    expect(words(140).parse("  Dinner\u202E 00.05\u202C\r\nroom\u0000412 ")).toBe("Dinner 00.05 room 412");
    for (const control of ["\u061C", "\u200E", "\u200F", "\u202A", "\u202E", "\u2066", "\u2069"]) {
      expect(words(10).parse(`a${control}b`)).toBe("ab");
    }
  });

  it("keep every script and sign", () => {
    expect(words(40).parse("Zoë · 東京 · أحمد · 💳")).toBe("Zoë · 東京 · أحمد · 💳");
  });

  it.each(["", "   ", "\u202E", "\n"])("that say nothing are refused: %j", (text) => {
    expect(words(40).safeParse(text).success).toBe(false);
  });

  it("that are too long are refused, also before they are cleaned", () => {
    expect(words(5).safeParse("123456").success).toBe(false);
    expect(words(5).safeParse(" ".repeat(1_000_000)).success).toBe(false);
  });
});

describe("references of machines", () => {
  it.each(["305136685813069", "6461731521426399003473", "stay-412/2026", "a:b.c_d"])("%s passes untouched", (id) => {
    expect(reference.parse(id)).toBe(id);
  });

  it("of the merchant's own are no place for a card's number; a gateway's own may look like one", () => {
    expect(reference.safeParse("4111111111111111").success).toBe(false);
    expect(gatewayReference.parse("4111111111111111")).toBe("4111111111111111");
  });

  it.each(["", "-a", "a b", "a\n", "a\u202Eb", "ä", "a".repeat(65), "<script>", "__proto__"])("%j is none", (id) => {
    expect(reference.safeParse(id).success).toBe(false);
  });
});
