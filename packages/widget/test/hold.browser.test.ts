import { AxeBuilder } from "@axe-core/playwright";
import type { Browser, BrowserContext, Page } from "playwright";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { fixtures } from "../fixtures/fixtures.ts";
import { launch, site, type Site } from "./browser.ts";

let browser: Browser;
let host: Site;
let context: BrowserContext | undefined;

beforeAll(async () => {
  [browser, host] = await Promise.all([launch(), site()]);
});
afterEach(async () => {
  await context?.close();
});
afterAll(async () => {
  await browser.close();
  await host.close();
});

const FALLBACK = `At 14:02 on 21 Nov: $42.00 on hold, not charged. <a href="/orders/42">Current state</a>`;
const names = Object.keys(fixtures);
const one = (demo: string, more = ""): string =>
  `<plimsoll-hold eager demo="${demo}" ${more}>${FALLBACK}</plimsoll-hold>`;
const wall = `<main><h1>All states</h1><h2>Holds</h2><div class="wall">${names.map((name) => one(name)).join("")}</div></main>`;

/** Opens a page and collects what a merchant would see in the console or a CSP report. */
async function open(
  url: string,
  options: Parameters<Browser["newContext"]>[0] = {},
): Promise<{ page: Page; complaints: string[] }> {
  context = await browser.newContext({
    viewport: { width: 1240, height: 900 },
    timezoneId: "UTC",
    reducedMotion: "reduce",
    ...options,
  });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("console", (message) => complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(error.message));
  await page.goto(url);
  await page.waitForFunction(() =>
    [...document.querySelectorAll("plimsoll-hold")].every(
      (e) => e.matches(":defined") && e.shadowRoot?.querySelector(".amount, slot"),
    ),
  );
  await page.waitForFunction(() => {
    const all = [...document.querySelectorAll("plimsoll-hold[demo]:not([demo=blank])")];
    return all.every((element) => element.shadowRoot?.querySelector(".amount"));
  });
  return { page, complaints };
}

const heights = (page: Page): Promise<number[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll("plimsoll-hold")].map(
      (element) => Math.round(element.getBoundingClientRect().height * 10) / 10,
    ),
  );

describe("every state", () => {
  test.each([
    ["light", {}],
    ["dark", {}],
    ["forced colours", { forcedColors: "active" as const }],
  ])("in %s passes axe, keeps its height, and leaves the console empty", async (theme, options) => {
    const { page, complaints } = await open(host.page(wall), options);
    if (theme === "dark") await page.evaluate(() => document.body.classList.add("dark"));
    // The card's 640, and the ribbon's 20 that `demo` always brings.
    expect(new Set(await heights(page))).toEqual(new Set([660, 640]));
    // Contrast has no meaning where the system chooses the colours; dark has the same structure as light.
    const axe = new AxeBuilder({ page }).options({ resultTypes: ["violations"] });
    if (theme === "forced colours") axe.disableRules("color-contrast");
    if (theme === "dark") axe.withRules("color-contrast");
    const { violations } = await axe.analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
    expect(complaints).toEqual([]);
  });

  test("shows its amount, and nothing is cut off or hangs over", async () => {
    const { page } = await open(host.page(wall));
    const shown = await page.locator(".amount").allTextContents();
    expect(shown.slice(0, 6)).toEqual(["$400.00", "$400.00", "$650.00", "$650.00", "$650.00", "$650.00"]);
    const over = await page.evaluate(() =>
      [...document.querySelectorAll("plimsoll-hold")].flatMap((element) => {
        const box = element.getBoundingClientRect();
        const inside = [
          ...(element.shadowRoot?.querySelectorAll(
            ".merchant,.fresh,.amount,.caption,.level,p,.what,.money,.detail,.foot div",
          ) ?? []),
        ];
        return inside
          .filter((e) => e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).display !== "inline")
          .map((e) => e.textContent)
          .concat(inside.filter((e) => e.getBoundingClientRect().right > box.right).map((e) => e.textContent));
      }),
    );
    expect(over).toEqual([]);
  });

  test("is described to a screen reader", async () => {
    const { page } = await open(host.page(`<h1>Order</h1><h2>Hold</h2>${one("pending")}`));
    const meter = page.getByRole("meter");
    expect(await meter.getAttribute("aria-valuetext")).toBe("$650.00 on hold of $800.00, $50.00 more waiting");
    expect(await meter.getAttribute("aria-valuenow")).toBe("81");
    expect(await page.getByRole("heading", { level: 3 }).textContent()).toBe("Harbor Hotel");
    const list = await page.getByRole("listitem").first().textContent();
    expect(list?.replace(/\s+/g, " ")).toContain("Mini-bar");
  });
});

test("at 320 px and 200 % text no amount breaks and nothing scrolls sideways", async () => {
  const { page } = await open(
    host.page(
      `<div class="narrow">${["open", "question", "captured", "unavailable"].map((n) => one(n)).join("")}</div>`,
    ),
    {
      viewport: { width: 320, height: 800 },
    },
  );
  await page.addStyleTag({ url: "/narrow.css" }).catch(() => undefined);
  await page.evaluate(() => {
    document.body.className = "narrow";
    document.body.style.fontSize = "32px";
  });
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(wide).toBe(320);
  const lines = await page.evaluate(() =>
    [...document.querySelectorAll("plimsoll-hold")].flatMap((element) =>
      [...(element.shadowRoot?.querySelectorAll(".money, .amount") ?? [])].map((e) => e.getClientRects().length),
    ),
  );
  expect(new Set(lines)).toEqual(new Set([1]));
});

test("reads from right to left without losing its shape", async () => {
  const { page, complaints } = await open(host.page(`<div dir="rtl" lang="ar">${one("pending")}</div>`));
  // Its words are English, and so is its direction, whatever was asked for.
  expect(await page.locator(".base").getAttribute("dir")).toBe("ltr");
  expect(await heights(page)).toEqual([660]);
  expect(complaints).toEqual([]);
});

describe("the keyboard alone", () => {
  test("unfolds and folds, and only that changes the height", async () => {
    const { page } = await open(host.page(one("many")));
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    expect(await page.getByRole("listitem").count()).toBe(25);
    await page.keyboard.press("Tab");
    await page.keyboard.press("Space");
    expect(await page.getByText("Why a hold?").isVisible()).toBe(true);
    await page.keyboard.press("Space");
    await page.keyboard.press("Shift+Tab");
    await page.keyboard.press("Enter");
    expect(await heights(page)).toEqual([660]);
  });

  test("shows the receipt after the end, as text that can be selected", async () => {
    const { page } = await open(host.page(one("captured")));
    await page.getByRole("button", { name: "For your bank" }).press("Enter");
    const receipt = await page.locator("[part=receipt]").innerText();
    expect(receipt).toContain("$623.50");
    expect(receipt).toContain("7F3K-22");
  });
});

test("printing opens everything", async () => {
  const { page } = await open(host.page(one("many")));
  await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
  expect(await page.getByRole("listitem").count()).toBeGreaterThan(25);
  await page.evaluate(() => dispatchEvent(new Event("afterprint")));
  expect(await heights(page)).toEqual([660]);
});

describe("the embed", () => {
  test("writes no attribute on itself and leaves its light DOM alone", async () => {
    const { page } = await open(host.page(one("open", `id="h"`)));
    const html = await page.locator("#h").evaluate((element) => element.outerHTML);
    expect(html).toBe(`<plimsoll-hold eager="" demo="open" id="h">${FALLBACK}</plimsoll-hold>`);
  });

  test("below the floor defines nothing, makes no policy, and leaves the fallback", async () => {
    const url = host.page(one("open"));
    context = await browser.newContext();
    const page = await context.newPage();
    const errors: string[] = [];
    page.on("pageerror", (error) => errors.push(error.message));
    await page.addInitScript(() => {
      CSS.supports = () => false;
    });
    await page.goto(url, { waitUntil: "networkidle" });
    expect(
      await page.evaluate(() => [
        typeof customElements.get("plimsoll-hold"),
        document.querySelector("plimsoll-hold")?.shadowRoot ?? null,
      ]),
    ).toEqual(["undefined", null]);
    expect(await page.getByRole("link", { name: "Current state" }).isVisible()).toBe(true);
    expect(errors).toEqual([]);
  });

  test("twice on one page is one element, one policy and no error", async () => {
    const script = (query: string): string =>
      `<script async src="${host.origin}/plimsoll/dev/hold.js?${query}"></script>`;
    const { page, complaints } = await open(host.page(one("open"), script("1") + script("2")));
    await page.waitForLoadState("networkidle");
    expect(complaints).toEqual([]);
    expect(await page.locator(".amount").textContent()).toBe("$650.00");
  });

  test("asks nobody but the script's host", async () => {
    const url = host.page(one("open"));
    context = await browser.newContext();
    const page = await context.newPage();
    const origins = new Set<string>();
    page.on("request", (request) => origins.add(new URL(request.url()).origin));
    await page.goto(url, { waitUntil: "networkidle" });
    expect([...origins]).toEqual([host.origin]);
    expect(await page.evaluate(() => [document.cookie, localStorage.length, sessionStorage.length])).toEqual([
      "",
      0,
      0,
    ]);
  });

  test("works in a foreign shadow root, and survives being moved", async () => {
    const { page, complaints } = await open(host.page(`<div id="a"></div><div id="b"></div>${one("open")}`));
    const amount = await page.evaluate(async () => {
      const element = document.querySelector("plimsoll-hold");
      const inside = document.querySelector("#a")?.attachShadow({ mode: "open" });
      if (element) inside?.append(element);
      await Promise.resolve();
      if (element) document.querySelector("#b")?.append(element);
      return element?.shadowRoot?.querySelector(".amount")?.textContent;
    });
    expect(amount).toBe("$650.00");
    expect(complaints).toEqual([]);
  });

  test("shows a test ribbon that no attribute removes", async () => {
    const { page } = await open(host.page(`<plimsoll-hold id="h"></plimsoll-hold>`));
    await page.evaluate(
      (answer) => Object.assign(document.querySelector("#h") ?? {}, { snapshot: answer }),
      fixtures.test,
    );
    expect(await page.locator(".ribbon").textContent()).toBe("Test");
    expect(await page.locator(".fresh").textContent()).toBe("As of 2:00 PM");
    expect(await heights(page)).toEqual([660]);
  });

  test("keeps properties that were set before the script came", async () => {
    const url = host.page(`<plimsoll-hold id="h"></plimsoll-hold>`);
    context = await browser.newContext({ timezoneId: "UTC" });
    const page = await context.newPage();
    await page.addInitScript((answer) => {
      addEventListener("DOMContentLoaded", () =>
        Object.assign(document.querySelector("#h") ?? {}, { snapshot: answer, theme: "dark" }),
      );
    }, fixtures.open);
    await page.goto(url);
    await page.locator(".amount").waitFor();
    expect(await page.locator(".base").getAttribute("class")).toContain("dark");
  });
});
