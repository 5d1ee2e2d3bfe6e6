import type { StaffView } from "@plimsoll/shared";
import type { Browser, Page } from "playwright";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { deskFixtures, staffHold, staffStep, type DeskFixtureName } from "../fixtures/desk.ts";
import { step } from "../fixtures/story.ts";
import { launch, site, type Site } from "./browser.ts";
import { FakeDesk } from "./fake-desk.ts";

const desk = new FakeDesk();
const jones = fixture("open");
const minibar = staffStep(step(4, 12_000, "Spa", "14:00", { state: "asking" }), { by: "M. Ito" });

/** One hold of a fixture: the desk's only one, or the one at a place of its list. */
function fixture(name: DeskFixtureName, at = 0): StaffView {
  const view = deskFixtures[name].holds[at];
  if (!view) throw new Error(`the fixture ${name} has no hold ${at}`);
  return view;
}

let browser: Browser;
let host: Site;
let page: Page;

beforeAll(async () => {
  [browser, host] = await Promise.all([launch(), site(desk.routes(), ["console"])]);
});
beforeEach(() => desk.reset([jones]));
afterEach(() => page.close());
afterAll(async () => {
  await browser.close();
  await host.close();
});

async function open(attributes = `token-from="/token"`, width = 1240): Promise<void> {
  page = await browser.newPage({ timezoneId: "UTC", reducedMotion: "reduce", viewport: { width, height: 900 } });
  await page.addInitScript(() => {
    const heard: string[] = [];
    Object.assign(globalThis, { heard });
    for (const name of ["ready", "change", "step", "end", "connection", "error"]) {
      addEventListener(`plimsoll-${name}`, (event) =>
        heard.push([name, Reflect.get(event, "code")].filter(Boolean).join(" ")),
      );
    }
  });
  await page.goto(
    host.page(`<main><h1>Desk</h1><h2>Holds</h2><plimsoll-console ${attributes}>Loading.</plimsoll-console></main>`),
  );
  await page.waitForFunction(() => document.querySelector("plimsoll-console")?.matches(":state(live)"));
}

const heard = (): Promise<string[]> => page.evaluate(() => Reflect.get(globalThis, "heard"));
const says = (text: string): Promise<void> => page.getByText(text).locator("visible=true").first().waitFor();
const button = (name: string) => page.getByRole("button", { name, exact: true });
const press = (name: string): Promise<void> => button(name).click();
const amount = (): Promise<string | null> => page.locator(".amount").textContent();
/** Types into whatever has the focus, as somebody at the desk does: over what stands there. */
async function type(text: string): Promise<void> {
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type(text);
}
const focused = (): Promise<string> =>
  page.evaluate(() => {
    const element = document.activeElement?.shadowRoot?.activeElement;
    return (
      [element?.textContent?.trim(), element?.getAttribute("aria-label"), element?.getAttribute("name")].find(
        Boolean,
      ) ?? ""
    );
  });
/** The step after a change rests for half a second: its button says so. */
const rested = (name: string): Promise<void> => button(name).and(page.locator("[aria-disabled=false]")).waitFor();

describe("a desk", () => {
  beforeEach(() => desk.reset(deskFixtures.desk.holds));

  test("lists what needs somebody first, opens the first, and is walked by keyboard", async () => {
    await open();
    await says("Open holds 9");
    const labels = await page.locator(".pick .what").allTextContents();
    expect(labels.slice(0, 5)).toEqual([
      "209 · K. Osei",
      "412 · A. Jones",
      "520 · P. Novák",
      "118 · M. Lee",
      "301 · S. Omar",
    ]);
    await page.getByRole("heading", { name: "209 · K. Osei" }).waitFor();

    await page.locator("[aria-current=true]").focus();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "520 · P. Novák" }).waitFor();
    expect(await focused()).toBe("520 · P. Novák");
    await page.keyboard.press("Escape");
    expect(await focused()).toContain("520 · P. Novák");

    await page.keyboard.press("/");
    await page.keyboard.type("7f3k22");
    await says("412 · A. Jones");
    expect(await page.locator(".pick").count()).toBe(1);
    expect(await page.locator(".list [role=status]").textContent()).toBe("1 of 9 holds");
    await page.keyboard.press("Escape");
    expect(await page.locator(".pick").count()).toBe(9);
    expect((await heard()).filter((name) => name === "ready")).toEqual(["ready"]);
  });

  test("sorts anew when something happens, and leaves open what is open", async () => {
    await open();
    await page.getByRole("button", { name: /617/ }).click();
    desk.becomes(fixture("desk", 7).id, { attention: "declined" });
    await says("Needs you 5");
    expect((await page.locator(".pick .what").allTextContents()).slice(2, 4)).toEqual([
      "617 · D. Marchetti-Oyelaran",
      "520 · P. Novák",
    ]);
    desk.becomes(fixture("desk", 4).id, { attention: "denied" });
    await says("Needs you 6");
    await page.getByRole("heading", { name: "617 · D. Marchetti-Oyelaran" }).waitFor();
    expect(await page.locator(".pick[aria-current=true] .what").textContent()).toBe("617 · D. Marchetti-Oyelaran");
  });

  test("on a phone is one pane with a way back", async () => {
    await open(undefined, 360);
    await page.getByRole("button", { name: /301/ }).click();
    await page.getByRole("heading", { name: "301 · S. Omar" }).waitFor();
    expect(await page.locator(".list").isVisible()).toBe(false);
    await press("All holds");
    expect(await page.locator(".list").isVisible()).toBe(true);
    expect(await focused()).toContain("301 · S. Omar");
  });

  test("has one stream for all of it, and one token", async () => {
    await open();
    desk.becomes(fixture("desk", 6).id, { label: "Bar · Table 12" });
    await says("Bar · Table 12");
    expect(desk.tokens).toBe(1);
  });
});

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
    await open();
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
    await open();
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
    await open();
    await page.getByLabel("Amount in").fill(text);
    await page.getByRole("button", { name: words.replace(" 1.", "\u00A01.") }).click();
    await says("Sent.");
    expect(desk.asked[0]?.input).toMatchObject({ amount: minor });
  });

  test("says what is wrong with an amount, there where it is typed, and sends nothing", async () => {
    await open();
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
    await open();
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
    await open();
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
    await open();
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

describe("capturing", () => {
  test("starts with the hold, says what it releases, and repeats both before it is sent", async () => {
    await open();
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
    await open();
    await press("Capture…");
    await type("623.50");
    await says("$26.50 stays on hold until the bank frees it by itself.");
    await page.keyboard.press("Enter");
    await says("Charge $623.50 and leave $26.50 on hold until the bank frees it? The hold ends with this.");
    expect(desk.asked).toEqual([]);
  });

  test("is not confirmed by a double press", async () => {
    await open();
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
    await open();
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
    await open();
    await press("Withdraw…");
    await says("Withdraw Two more nights, $250.00?");
    await rested("Withdraw $250.00");
    await press("Withdraw $250.00");
    await says("Sent.");
    expect(desk.asked).toMatchObject([{ name: "withdraw", input: { step: step(4, 0, null, "13:58").id } }]);
    await page.close();

    desk.reset(deskFixtures.ceiling.holds);
    await open();
    await press("Take back a step…");
    await says("Take back One more night, $200.00? The hold falls to $450.00.");
    await page.keyboard.press("Escape");
    await press("Take back…");
    await rested("Take back $200.00");
    await press("Take back $200.00");
    await says("Sent.");
    expect(desk.asked).toMatchObject([{ name: "reverseIncrement", input: { step: step(3, 0, null, "13:35").id } }]);
  });

  test("records a verdict on a step in doubt with what shows it", async () => {
    desk.reset(deskFixtures.doubt.holds);
    await open();
    await press("Resolve the doubt…");
    await page.getByRole("radio", { name: "It was applied" }).click();
    await page.getByLabel("What shows it").fill("Statement of 21 Nov");
    await rested("Record $50.00 as applied");
    await press("Record $50.00 as applied");
    await says("Sent.");
    expect(desk.asked).toMatchObject([
      { name: "resolve", input: { outcome: "applied", amount: 5_000, evidence: "Statement of 21 Nov" } },
    ]);
  });

  test("what isn't allowed stays, says why, and does nothing", async () => {
    desk.reset(deskFixtures.captured.holds);
    await open();
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
    await open();
    await says("Waiting for the payer. Nothing is on hold yet.");
    await says("waiting for the payer · by Harbor Hotel");
    await page.close();

    desk.reset(deskFixtures.uncharged.holds);
    await open();
    await says("$400.00 was not charged. The hold stays $650.00.");
    expect(await page.locator("[part=step]").first().innerText()).toMatch(/^Charge\n\$400\.00\n.* · not charged/);
    await says("The bank may free it from Nov 26");
    desk.becomes(jones.id, { bankMayFree: { at: "2026-11-19T21:00:00Z", estimated: true } });
    await says("The bank may have freed it since Nov 19");
  });

  test("a form that is open says when its action is no longer allowed", async () => {
    await open();
    await press("Release all…");
    const { can } = fixture("captured");
    desk.becomes(jones.id, { can });
    await page.locator("#blocked").getByText("The hold is captured.").waitFor();
    await page.locator("button.first").click({ force: true });
    expect(desk.asked).toEqual([]);
  });
});

describe("the contract", () => {
  test("events tell what happened, and the end", async () => {
    await open();
    desk.becomes(jones.id, { steps: [...jones.steps, minibar] });
    await says("Spa");
    desk.becomes(jones.id, { ...fixture("captured") });
    await says("Final");
    expect((await heard()).filter((name) => name !== "connection")).toEqual([
      "ready",
      "change",
      "step",
      "change",
      "step",
      "end",
    ]);
  });

  test("another hold or token clears what is shown: never one guest's amount under another", async () => {
    const other = staffHold({
      id: `hold_${"5".repeat(32)}`,
      label: "118 · M. Lee",
      amounts: { ...jones.amounts, held: 18_000 },
    });
    desk.reset([jones, other]);
    await open(`token-from="/token" hold="${other.id}"`);
    expect(await amount()).toBe("$180.00");
    const cleared = await page.evaluate(async (id) => {
      const element = document.querySelector("plimsoll-console");
      if (!(element instanceof HTMLElement)) return "no element";
      Object.assign(element, { hold: id });
      await Reflect.get(element, "updateComplete");
      return element.shadowRoot?.querySelector(".amount")?.textContent ?? "nothing";
    }, jones.id);
    expect(cleared).toBe("nothing");
    await says("$650.00");
  });

  test("writes nothing on its host, and tells support no token", async () => {
    await open();
    const [attributes, diagnostics] = await page.evaluate(() => {
      const element = document.querySelector("plimsoll-console");
      const call: unknown = element && Reflect.get(element, "diagnostics");
      return [
        element?.getAttributeNames(),
        typeof call === "function" ? JSON.stringify(call.call(element)) : "",
      ] as const;
    });
    expect(attributes).toEqual(["token-from"]);
    expect(diagnostics).toContain(jones.id);
    expect(diagnostics).not.toContain(`"T1"`);
  });

  test("has the states and parts that a page can style", async () => {
    desk.reset(deskFixtures.doubt.holds);
    await open();
    const matches = await page.evaluate(() =>
      ["open", "doubt", "pending", "live", "ended"].filter((state) =>
        document.querySelector("plimsoll-console")?.matches(`:state(${state})`),
      ),
    );
    expect(matches).toEqual(["open", "doubt", "pending", "live"]);
    const parts = [
      "bar",
      "base",
      "header",
      "amount",
      "caption",
      "gauge",
      "notice",
      "steps",
      "step",
      "button",
      "footer",
      "hold",
      "actions",
    ];
    const found = await page.locator("[part]").evaluateAll((all) => all.map((element) => element.getAttribute("part")));
    expect(new Set(found)).toEqual(new Set(parts));
  });
});
