import type { StaffView } from "@plimsoll/shared";
import type { Browser, Page } from "playwright";
import { afterAll, afterEach, beforeAll, beforeEach } from "vitest";
import { deskFixtures, staffStep, type DeskFixtureName } from "../fixtures/desk.ts";
import { step } from "../fixtures/story.ts";
import { launch, site, type Site } from "./browser.ts";
import { FakeDesk } from "./fake-desk.ts";

export const jones = fixture("open");
export const minibar = staffStep(step(4, 12_000, "Spa", "14:00", { state: "asking" }), { by: "M. Ito" });

/** One hold of a fixture: the desk's only one, or the one at a place of its list. */
export function fixture(name: DeskFixtureName, at = 0): StaffView {
  const view = deskFixtures[name].holds[at];
  if (!view) throw new Error(`the fixture ${name} has no hold ${at}`);
  return view;
}

/** The console in a browser, at a desk with one hold before every test: the desk, and what somebody sees and does there. */
export function consolePage() {
  const desk = new FakeDesk();
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

  async function open(attributes = `token-from="/token"`, width = 1240): Promise<Page> {
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
    return page;
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

  return { desk, open, heard, says, button, press, amount, type, focused, rested };
}
