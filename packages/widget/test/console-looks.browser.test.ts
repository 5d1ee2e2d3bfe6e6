import { AxeBuilder } from "@axe-core/playwright";
import type { Browser, Page } from "playwright";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { deskFixtures, type DeskFixtureName } from "../fixtures/desk.ts";
import { launch, site, type Site } from "./browser.ts";

let browser: Browser;
let host: Site;
let page: Page;
let complaints: string[] = [];

beforeAll(async () => {
  [browser, host] = await Promise.all([launch(), site({}, ["hold", "console"])]);
});
afterEach(() => page.context().close());
afterAll(async () => {
  await browser.close();
  await host.close();
});

const one = (demo: string): string => `<plimsoll-console demo="${demo}" heading-level="2">Loading.</plimsoll-console>`;

/** Opens a page and collects what a merchant would see in the console or a CSP report. */
async function open(body: string, options: Parameters<Browser["newContext"]>[0] = {}, head?: string): Promise<void> {
  const context = await browser.newContext({
    viewport: { width: 1240, height: 900 },
    timezoneId: "UTC",
    reducedMotion: "reduce",
    ...options,
  });
  page = await context.newPage();
  complaints = [];
  page.on("console", (message) => complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(error.message));
  await page.goto(host.page(`<main><h1>Desk</h1>${body}</main>`, head));
  await page.waitForFunction(() =>
    [...document.querySelectorAll("plimsoll-console")].every((element) => element.shadowRoot?.querySelector(".panes")),
  );
}

async function violations(): Promise<string[]> {
  const found = await new AxeBuilder({ page }).analyze();
  return found.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
}

/** Amounts, names and buttons that hang over the element's edge, or are cut off. */
const hangingOver = (): Promise<(string | null)[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll("plimsoll-console")].flatMap((element) => {
      const edge = element.getBoundingClientRect().right + 0.5;
      const inside = [
        ...(element.shadowRoot?.querySelectorAll(".merchant,.amount,.caption,.money,.detail,p,button,input") ?? []),
      ];
      const seen = inside.filter((part) => part.checkVisibility() && !part.matches(".away"));
      return seen
        .filter(
          (part) =>
            part.getBoundingClientRect().right > edge ||
            (part.scrollWidth > part.clientWidth + 1 && part.matches("button,.amount")),
        )
        .map((part) => part.textContent);
    }),
  );

const names = Object.keys(deskFixtures);

describe("every state", () => {
  test.each([
    ["light", {}],
    ["dark", {}],
    ["forced colours", { forcedColors: "active" as const }],
  ])(
    "in %s passes axe, wide and narrow, and leaves the console empty",
    async (theme, options) => {
      await open(names.map(one).join(""), options);
      if (theme === "dark") await page.evaluate(() => document.body.classList.add("dark"));
      expect(await violations()).toEqual([]);
      await page.setViewportSize({ width: 380, height: 900 });
      expect(await violations()).toEqual([]);
      expect(await hangingOver()).toEqual([]);
      expect(complaints).toEqual([]);
    },
    90_000,
  );

  test("has one heading a pane and one group for each part, for a screen reader", async () => {
    await open(one("desk"));
    for (const name of ["Open holds 9", "209 · K. Osei"]) await page.getByRole("heading", { name, level: 2 }).waitFor();
    for (const name of ["Needs you 4", "Calm 5"]) await page.getByRole("heading", { name, level: 3 }).waitFor();
    expect(await page.getByRole("meter").getAttribute("aria-valuetext")).toBe(
      "$180.00 on hold of $400.00, $24.00 more waiting",
    );
    await page.getByRole("searchbox", { name: "Search" }).waitFor();
  });

  test("keeps every amount whole at 320 pixels with text of twice the size", async () => {
    await open(names.map(one).join(""), { viewport: { width: 320, height: 900 } });
    await page.evaluate(() => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync("body{margin:0;font-size:32px}h1{font-size:1em}");
      document.adoptedStyleSheets = [sheet];
    });
    expect(await hangingOver()).toEqual([]);
  });
});

describe("every form", () => {
  const forms: readonly (readonly [DeskFixtureName, string])[] = [
    ["open", "raise"],
    ["ceiling", "takeBack"],
    ["open", "capture"],
    ["open", "reverse"],
    ["doubt", "capture"],
    ["doubt", "resolve"],
    ["asked", "withdraw"],
  ];

  test.each(forms)("on %s: %s passes axe, empty, wrong and at its last step", async (demo, action) => {
    await open(one(demo), { viewport: { width: 380, height: 900 } });
    const visible = page.locator(`[data-action=${action}]`).locator("visible=true").first();
    if ((await visible.count()) === 0) await page.getByRole("button", { name: "More" }).click();
    await visible.click();
    await page.locator("form").waitFor();
    expect(await violations()).toEqual([]);
    await page.locator("button.first").and(page.locator("[aria-disabled=false]")).click();
    await page.locator(".problem, .sure, .said").first().waitFor();
    expect(await violations()).toEqual([]);
    expect(await hangingOver()).toEqual([]);
    expect(complaints).toEqual([]);
  });

  test("of a demo sends nothing, and says so", async () => {
    await open(one("open"));
    await page.getByLabel("Amount in USD").fill("120");
    await page.getByRole("button", { name: "Add $120.00" }).click();
    await page.getByText("This is a demo: nothing is sent.").waitFor();
    expect(await page.locator(".amount").textContent()).toBe("$650.00");
  });
});

describe("on a page with a strict CSP and Trusted Types", () => {
  test("stands beside the payer's element, each from its own script", async () => {
    await open(`<plimsoll-hold eager demo="open">Loading.</plimsoll-hold>${one("open")}`);
    await page.waitForFunction(() => document.querySelector("plimsoll-hold")?.shadowRoot?.querySelector(".amount"));
    expect(await page.locator(".amount").allTextContents()).toEqual(["$650.00", "$650.00"]);
    expect(complaints).toEqual([]);
  });

  test("a second copy of the script changes nothing", async () => {
    await open(one("open"), {}, host.script("console") + host.script("console"));
    expect(await page.locator(".amount").textContent()).toBe("$650.00");
    expect(complaints).toEqual([]);
  });

  test("below the floor the page's own text stays", async () => {
    page = await browser.newPage();
    await page.addInitScript(() => {
      CSS.supports = () => false;
    });
    await page.goto(host.page(one("open")), { waitUntil: "networkidle" });
    expect(await page.evaluate(() => customElements.get("plimsoll-console") === undefined)).toBe(true);
    expect(await page.getByText("Loading.").isVisible()).toBe(true);
  });

  test("follows the page's theme, or its own", async () => {
    await open(`${one("open")}<plimsoll-console demo="open" theme="dark">Loading.</plimsoll-console>`);
    const surfaces = await page
      .locator("[part=base]")
      .evaluateAll((bases) => bases.map((base) => getComputedStyle(base).backgroundColor));
    expect(surfaces).toEqual(["rgb(255, 255, 255)", "rgb(15, 26, 32)"]);
  });
});
