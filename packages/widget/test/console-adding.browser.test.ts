import { describe, expect, test } from "vitest";
import { deskFixtures } from "../fixtures/desk.ts";
import { consolePage, jones, minibar } from "./console-page.ts";

const { desk, open, heard, says, button, press, amount, type, focused } = consolePage();

describe("adding", () => {
  test("shows the new total, sends once with a key, and changes no amount before the server says so", async () => {
    const gate = Promise.withResolvers<void>();
    desk.reactions = [
      {
        does: "answer",
        after: gate.promise,
        hold: { steps: [...jones.steps, minibar], amounts: { ...jones.amounts, pending: 12_000 } },
      },
    ];
    const page = await open();
    await page.getByLabel("Amount in USD").focus();
    await type("120");
    await says("New total $770.00");
    await page.keyboard.press("Tab");
    await type("Spa");
    await page.keyboard.press("Enter");
    await says("Sending…");
    await button("Sending…").click({ force: true });
    expect(await amount()).toBe("$650.00");
    gate.resolve();
    await says("Sent. The steps show what became of it.");
    expect(await focused()).toBe("Sent. The steps show what became of it.");
    await says("waiting for the bank");
    expect(await amount()).toBe("$650.00");
    const [sent, ...more] = desk.asked;
    expect([sent?.name, sent?.input, more]).toEqual([
      "increment",
      { hold: jones.id, amount: 12_000, currency: "USD", reason: "Spa" },
      [],
    ]);
    expect([sent?.token, sent?.key]).toEqual(["Bearer T1", expect.stringMatching(/^[0-9a-f]{32}$/)]);
  });

  test("above what the payer agreed to offers only to ask them, and says why", async () => {
    const page = await open();
    await page.getByLabel("Amount in USD").fill("200");
    const automatic = page.getByRole("radio", { name: "Automatic" });
    expect(await automatic.getAttribute("aria-disabled")).toBe("true");
    expect(
      await automatic.evaluate(
        (radio) => radio.getRootNode() instanceof ShadowRoot && radio.getAttribute("aria-describedby"),
      ),
    ).toBe("why-automatic");
    await says("Above $150.00 the payer has to agree.");
    await automatic.click({ force: true });
    expect(await page.getByRole("radio", { name: "Ask the payer" }).isChecked()).toBe(true);
    await press("Ask for $200.00 more");
    await says("Sent.");
    expect(desk.asked[0]).toMatchObject({ name: "propose", input: { amount: 20_000 } });
  });

  test.each([
    ["yen", "1,200", "Add ¥1,200", 1_200],
    ["dinar", "1.25", "Add KWD 1.250", 1_250],
  ] as const)("in %s is exact to its smallest part", async (name, text, words, minor) => {
    desk.reset(deskFixtures[name].holds);
    const page = await open();
    await page.getByLabel("Amount in").fill(text);
    await page.getByRole("button", { name: words.replace(" 1.", "\u00A01.") }).click();
    await says("Sent.");
    expect(desk.asked[0]?.input).toMatchObject({ amount: minor });
  });

  test("says what is wrong with an amount, there where it is typed, and sends nothing", async () => {
    const page = await open();
    await page.getByLabel("Amount in USD").focus();
    await type("10.505");
    await page.keyboard.press("Enter");
    await says("USD has no smaller parts than 12.00.");
    const field = page.getByLabel("Amount in USD");
    expect([await field.getAttribute("aria-invalid"), await field.getAttribute("aria-describedby")]).toEqual([
      "true",
      "problem",
    ]);
    expect(await focused()).toBe("amount");
    expect(desk.asked).toEqual([]);
  });

  test("shows a refusal as its sentence with the reference, and a second try is a new request", async () => {
    desk.reactions = [
      { does: "refuse", code: "above_operator_limit", message: "That is above what this operator may add or take." },
    ];
    const page = await open();
    await page.getByLabel("Amount in USD").fill("120");
    await press("Add $120.00");
    await says("That is above what this operator may add or take. Reference PL-7");
    await press("Add $120.00");
    await says("Sent.");
    expect(new Set(desk.asked.map(({ key }) => key)).size).toBe(2);
    expect(await heard()).toContain("error above_operator_limit");
  });

  test("after a lost answer says that it may have got through, and sends the same again with the same key", async () => {
    desk.reactions = [{ does: "drop" }, { does: "answer", replayed: true }];
    const page = await open();
    await page.getByLabel("Amount in USD").fill("120");
    await press("Add $120.00");
    await says("No answer came, so it may have got through.");
    await press("Send again");
    await says("This was sent before. Nothing was done twice.");
    const [first, second] = desk.asked;
    expect(second).toEqual(first);
  });

  test("warns when a form is changed after a lost answer, and gives it a key of its own", async () => {
    desk.reactions = [{ does: "drop" }];
    const page = await open();
    await page.getByLabel("Amount in USD").fill("120");
    await press("Add $120.00");
    await says("No answer came");
    await page.getByLabel("Amount in USD").fill("12");
    await says("This is a new request.");
    await press("Add $12.00");
    await says("Sent.");
    expect(new Set(desk.asked.map(({ key }) => key)).size).toBe(2);
  });
});
