import { describe, expect, test } from "vitest";
import { deskFixtures } from "../fixtures/desk.ts";
import { step } from "../fixtures/story.ts";
import { consolePage, fixture, jones } from "./console-page.ts";

const { desk, open, says, button, press, type, focused, rested } = consolePage();

describe("capturing", () => {
  test("starts with the hold, says what it releases, and repeats both before it is sent", async () => {
    const page = await open();
    await press("Capture…");
    expect(await focused()).toBe("amount");
    expect(await page.getByLabel("Amount in USD").inputValue()).toBe("650.00");
    await says("Releases $0.00");
    await type("623.50");
    await says("Releases $26.50");
    await page.keyboard.press("Enter");
    await says("Charge $623.50 and release $26.50? The hold ends with this.");
    expect(await focused()).toBe("Charge $623.50 and release $26.50? The hold ends with this.");
    expect(desk.asked).toEqual([]);
    await rested("Charge $623.50");
    await press("Charge $623.50");
    await says("Sent.");
    expect(desk.asked).toMatchObject([{ name: "capture", input: { amount: 62_350, final: true, leaveDoubt: false } }]);
  });

  test("of a hold that may have ended says so in its second step, and sends that it is meant", async () => {
    desk.becomes(jones.id, { ends: { at: "2026-11-21T13:00:00Z", estimated: true, passed: true } });
    await open();
    await says("This hold may have ended. It can still be charged.");
    await press("Capture…");
    await rested("Continue");
    await press("Continue");
    await says("Its time is over: the charge may be disputed.");
    await rested("Charge $650.00");
    await press("Charge $650.00");
    await says("Sent.");
    expect(desk.asked).toMatchObject([{ name: "capture", input: { amount: 65_000, accept: "late_presentment" } }]);
  });

  test("says what stays on hold where nothing lets it go", async () => {
    desk.becomes(jones.id, { restLapses: true });
    const page = await open();
    await press("Capture…");
    await type("623.50");
    await says("$26.50 stays on hold until the bank frees it by itself.");
    await page.keyboard.press("Enter");
    await says("Charge $623.50 and leave $26.50 on hold until the bank frees it? The hold ends with this.");
    expect(desk.asked).toEqual([]);
  });

  test("is not confirmed by a double press", async () => {
    const page = await open();
    await press("Capture…");
    await rested("Continue");
    await page.locator("button.first").evaluate((first) => {
      if (!(first instanceof HTMLElement)) return;
      first.click();
      first.click();
    });
    await says("Charge all of the $650.00 on hold?");
    await rested("Charge $650.00");
    expect(desk.asked).toEqual([]);
  });

  test("is looked at again when the hold changed in between", async () => {
    await open();
    await press("Capture…");
    await rested("Continue");
    await press("Continue");
    await rested("Charge $650.00");
    desk.becomes(jones.id, {
      amounts: { ...jones.amounts, held: 70_000 },
      limits: { ...jones.limits, capture: 70_000 },
    });
    await says("$700.00");
    await press("Charge $650.00");
    await says("The hold has changed. Look at the new total first.");
    await says("Releases $50.00");
    expect(desk.asked).toEqual([]);
  });

  test("with a step in doubt takes what is confirmed, and only knowingly", async () => {
    desk.reset(deskFixtures.doubt.holds);
    const page = await open();
    await press("Capture…");
    await rested("Continue");
    await press("Continue");
    await says("Tick this first, or wait for the next look.");
    await page.getByRole("checkbox", { name: /may stay on the card/ }).click();
    await press("Continue");
    await rested("Charge $650.00");
    await press("Charge $650.00");
    await says("Sent.");
    expect(desk.asked).toMatchObject([{ name: "capture", input: { amount: 65_000, leaveDoubt: true } }]);
  });
});

describe("everything else that can be done", () => {
  test("releasing says how much goes where, in its button too", async () => {
    await open();
    await press("Release all…");
    await says("Release all of the $650.00 on hold?");
    await rested("Release $650.00 to the card");
    await press("Release $650.00 to the card");
    await says("Sent.");
    expect(desk.asked).toMatchObject([{ name: "reverse", input: { hold: jones.id } }]);
  });

  test("withdraws a question and takes back the last step, by their own rows", async () => {
    desk.reset(deskFixtures.asked.holds);
    let page = await open();
    await press("Withdraw…");
    await says("Withdraw Two more nights, $250.00?");
    await rested("Withdraw $250.00");
    await press("Withdraw $250.00");
    await says("Sent.");
    expect(desk.asked).toMatchObject([{ name: "withdraw", input: { step: step(4, 0, null, "13:58").id } }]);
    await page.close();

    desk.reset(deskFixtures.ceiling.holds);
    page = await open();
    await press("Take back a step…");
    await says("Take back One more night, $200.00? The hold falls to $450.00.");
    await page.keyboard.press("Escape");
    await press("Take back…");
    await rested("Take back $200.00");
    await press("Take back $200.00");
    await says("Sent.");
    expect(desk.asked).toMatchObject([{ name: "reverseIncrement", input: { step: step(3, 0, null, "13:35").id } }]);
  });

  test("records a verdict on a step in doubt with what shows it, and why", async () => {
    desk.reset(deskFixtures.doubt.holds);
    const page = await open();
    await press("Resolve the doubt…");
    await page.getByRole("radio", { name: "It was applied" }).click();
    await page.getByLabel("What shows it").fill("Statement of 21 Nov");
    await page.getByLabel("Reason").fill("The guest leaves");
    await rested("Record $50.00 as applied");
    await press("Record $50.00 as applied");
    await says("Sent.");
    const word = { evidence: "Statement of 21 Nov", reason: "The guest leaves" };
    expect(desk.asked).toMatchObject([{ name: "resolve", input: { outcome: "applied", amount: 5_000, ...word } }]);
  });

  test("what isn't allowed stays, says why, and does nothing", async () => {
    desk.reset(deskFixtures.captured.holds);
    const page = await open();
    await says("The hold is captured.");
    expect(await button("Resolve the doubt…").count()).toBe(0);
    for (const name of ["Add", "Capture…", "Take back a step…", "Extend…", "Release all…"]) {
      const shown = await button(name).evaluate((element) => {
        const root = element.getRootNode();
        const why = element.getAttribute("aria-describedby") ?? "";
        const reason = root instanceof ShadowRoot ? root.getElementById(why)?.textContent : "";
        return { name: element.textContent?.trim(), disabled: element.ariaDisabled, why: reason };
      });
      expect(shown).toEqual({ name, disabled: "true", why: expect.stringMatching(/\.$/) });
      await button(name).click({ force: true });
    }
    expect(await page.locator("form").count()).toBe(0);
  });

  test("says who is awaited, what was not charged, and since when the bank may have freed it", async () => {
    desk.reset(deskFixtures.waiting.holds);
    let page = await open();
    await says("Waiting for the payer. Nothing is on hold yet.");
    await says("waiting for the payer · by Harbor Hotel");
    await page.close();

    desk.reset(deskFixtures.uncharged.holds);
    page = await open();
    await says("$400.00 was not charged. The hold stays $650.00.");
    expect(await page.locator("[part=step]").first().innerText()).toMatch(/^Charge\n\$400\.00\n.* · not charged/);
    await says("The bank may free it from Nov 26");
    desk.becomes(jones.id, { bankMayFree: { at: "2026-11-19T21:00:00Z", estimated: true } });
    await says("The bank may have freed it since Nov 19");
  });

  test("a form that is open says when its action is no longer allowed", async () => {
    const page = await open();
    await press("Release all…");
    const { can } = fixture("captured");
    desk.becomes(jones.id, { can });
    await page.locator("#blocked").getByText("The hold is captured.").waitFor();
    await page.locator("button.first").click({ force: true });
    expect(desk.asked).toEqual([]);
  });
});
