import { beforeEach, describe, expect, test } from "vitest";
import { deskFixtures, staffHold } from "../fixtures/desk.ts";
import { consolePage, fixture, jones, minibar } from "./console-page.ts";

const { desk, open, heard, says, press, amount, focused } = consolePage();

describe("a desk", () => {
  beforeEach(() => desk.reset(deskFixtures.desk.holds));

  test("lists what needs somebody first, opens the first, and is walked by keyboard", async () => {
    const page = await open();
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
    const page = await open();
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
    const page = await open(undefined, 360);
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
    const page = await open(`token-from="/token" hold="${other.id}"`);
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
    const page = await open();
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
    const page = await open();
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
