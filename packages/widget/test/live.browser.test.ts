import type { ServerResponse } from "node:http";
import type { Browser, Page } from "playwright";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { fixtures } from "../fixtures/fixtures.ts";
import { dinner, first, hold, night, question } from "../fixtures/story.ts";
import type { PayerView } from "@plimsoll/shared";
import type { AnswerEvent } from "../src/index.ts";
import { launch, site, type Route, type Site } from "./browser.ts";

/** The BFF as the wire shows it: one hold, moved by the test. */
let view: PayerView = hold();
let streams: ServerResponse[] = [];
let asked: { path: string; token: string; key: string; body: unknown; lastId: string }[] = [];
let refusal: { status: number; code: string } | undefined;
let tokens = 0;

let browser: Browser;
let host: Site;
let page: Page;

const answer = () => ({ now: fixtures.open.now, secondsLeft: 600, hold: view });

const query: Route = (request, response) => {
  let text = "";
  request.on("data", (chunk: Buffer) => (text += chunk.toString()));
  request.on("end", () => {
    const path = (request.url ?? "").split(/[?/]/).find((part) => part.startsWith("widget.")) ?? "";
    const header = (name: string): string => String(request.headers[name] ?? "");
    asked.push({
      path,
      token: header("authorization"),
      key: header("idempotency-key"),
      body: text && JSON.parse(text),
      lastId: header("last-event-id"),
    });
    response.setHeader("content-type", "application/json");
    if (refusal) {
      const plimsoll = { code: refusal.code, message: "", reference: "PL-7" };
      response
        .writeHead(refusal.status)
        .end(JSON.stringify({ error: { message: "", code: -32009, data: { plimsoll } } }));
    } else response.end(JSON.stringify({ result: { data: { ...answer(), step: "s", replayed: false } } }));
  });
};

const watch: Route = (request, response) => {
  asked.push({
    path: "widget.v1.watch",
    token: String(request.headers.authorization),
    key: "",
    body: "",
    lastId: String(request.headers["last-event-id"] ?? ""),
  });
  response.writeHead(200, { "content-type": "text/event-stream" });
  response.write("event: connected\ndata: {}\n\n");
  streams.push(response);
};

const giveToken: Route = (_, response) => {
  response.setHeader("content-type", "application/json");
  response.end(JSON.stringify({ token: `T${++tokens}` }));
};

/** The hold changes, and every stream says so. */
function becomes(next: PayerView): void {
  view = { ...next, version: view.version + 1 };
  for (const stream of streams) stream.write(`data: ${JSON.stringify(answer())}\nid: v${view.version}\n\n`);
}

beforeAll(async () => {
  const calls = ["hold", "approve", "deny", "receipt"].map((name) => [`/plimsoll/trpc/widget.v1.${name}`, query]);
  const routes: Record<string, Route> = {
    ...Object.fromEntries(calls),
    "/plimsoll/trpc/widget.v1.watch": watch,
    "/token": giveToken,
  };
  [browser, host] = await Promise.all([launch(), site(routes)]);
});
afterAll(async () => {
  await browser.close();
  await host.close();
});
beforeEach(() => {
  for (const stream of streams) stream.end();
  view = hold({ steps: [first], money: { authorized: 40_000, held: 40_000, former: 40_000 } });
  streams = [];
  asked = [];
  refusal = undefined;
  tokens = 0;
});

async function open(body = `<plimsoll-hold eager token-from="/token"></plimsoll-hold>`): Promise<void> {
  page = await browser.newPage({ timezoneId: "UTC", reducedMotion: "reduce" });
  await page.addInitScript(() => {
    const heard: string[] = [];
    Object.assign(globalThis, { heard });
    const names = ["ready", "change", "step", "ask", "answer", "end", "ending", "connection", "error"];
    for (const name of names) addEventListener(`plimsoll-${name}`, () => heard.push(name));
  });
  await page.goto(host.page(body));
}

const heard = (): Promise<string[]> => page.evaluate(() => Reflect.get(globalThis, "heard"));
const says = (text: string): Promise<void> => page.getByText(text, { exact: true }).first().waitFor();
/** The buttons rest for half a second after they appear: Playwright waits until they are no longer disabled. */
const press = (name: string): Promise<void> => page.getByRole("button", { name }).click();
const amount = (): Promise<string | null> => page.locator(".amount").textContent();

test("a payer watches the hold rise, and sees it charged", async () => {
  await open();
  await says("Up to date");
  expect(await amount()).toBe("$400.00");
  becomes(hold({ steps: [first, dinner, night] }));
  await says("$650.00");
  const { hold: captured } = fixtures.captured;
  becomes(captured);
  await says("Final");
  expect(await amount()).toBe("$623.50");
  expect(await heard()).toEqual(["ready", "connection", "change", "step", "step", "change", "step", "end"]);
  expect(asked.map(({ path, token }) => `${path} ${token}`)).toEqual([
    "widget.v1.hold Bearer T1",
    "widget.v1.watch Bearer T1",
  ]);
  await page.close();
});

test("two elements with one token share one stream, and both move", async () => {
  await open(`<plimsoll-hold eager token-from="/token"></plimsoll-hold>`.repeat(2));
  await page.getByText("Up to date").nth(1).waitFor();
  becomes(hold());
  await page.getByText("$650.00").nth(3).waitFor();
  expect(asked.filter(({ path }) => path === "widget.v1.watch")).toHaveLength(1);
  await page.close();
});

test("a yes sends exactly what was shown, with a key, and only after half a second", async () => {
  await open();
  await says("Up to date");
  becomes(hold(question));
  const yes = page.getByRole("button", { name: "Yes, raise to $900.00" });
  await yes.waitFor();
  expect(await yes.getAttribute("aria-disabled")).toBe("true");
  await page.evaluate(() =>
    document
      .querySelector("plimsoll-hold")
      ?.shadowRoot?.querySelectorAll(".answers button")
      .forEach((b) => b instanceof HTMLElement && b.click()),
  );
  await yes.click();
  await expect.poll(() => asked.at(-1)?.path).toBe("widget.v1.approve");
  const { body, key } = asked.at(-1) ?? {};
  expect(body).toEqual({
    hold: view.id,
    question: question.question.id,
    amount: 25_000,
    total: 90_000,
    version: view.version,
  });
  expect(key).toMatch(/^[0-9a-f]{32}$/);
  expect(asked.filter(({ path }) => /approve|deny/.test(path))).toHaveLength(1);
  await page.close();
});

test.each([
  ["No, keep $650.00", fixtures.open.hold, "You agreed to up to $800.00. The final price may be lower."],
  ["Yes, raise to $900.00", fixtures.queued.hold, "Next: $250.00 more."],
] as const)("after %s the focus is on the sentence that takes its place", async (name, next, sentence) => {
  await open();
  await says("Up to date");
  becomes(hold(question));
  const button = page.getByRole("button", { name });
  await button.and(page.locator("[aria-disabled=false]")).waitFor();
  await button.focus();
  await page.keyboard.press("Enter");
  await expect.poll(() => asked.some(({ path }) => /approve|deny/.test(path))).toBe(true);
  becomes(next);
  await says(sentence);
  expect(await page.evaluate(() => document.activeElement?.shadowRoot?.activeElement?.textContent)).toBe(sentence);
  await page.close();
});

test("a page can hold back a yes but never a no, and run a challenge first", async () => {
  await open();
  await says("Up to date");
  becomes(hold(question));
  await page.evaluate(() => addEventListener("plimsoll-answer", (event) => event.preventDefault(), { once: true }));
  await press("Yes, raise to $900.00");
  await page.evaluate(() =>
    addEventListener(
      "plimsoll-answer",
      (event: AnswerEvent) => {
        event.preventDefault();
        event.respondWith(Promise.resolve());
      },
      { once: true },
    ),
  );
  await press("No, keep $650.00");
  await expect.poll(() => asked.at(-1)?.path).toBe("widget.v1.deny");
  expect(asked.some(({ path }) => path === "widget.v1.approve")).toBe(false);
  await page.close();
});

test("an answer that came too late says to look again, and changes nothing", async () => {
  await open();
  await says("Up to date");
  becomes(hold(question));
  refusal = { status: 409, code: "stale_consent" };
  await press("Yes, raise to $900.00");
  await says("The hold has changed. Look at the new total first.");
  expect(await amount()).toBe("$650.00");
  await page.close();
});

test("another hold's token clears the card before anything new is shown", async () => {
  await open(`<plimsoll-hold eager token="A" id="h"></plimsoll-hold>`);
  await says("$400.00");
  refusal = { status: 404, code: "not_found" };
  const left = await page.evaluate(async () => {
    const element = document.querySelector("plimsoll-hold");
    if (element) element.token = "B";
    await element?.updateComplete;
    return element?.shadowRoot?.querySelector(".amount")?.textContent ?? "nothing";
  });
  expect(left).toBe("nothing");
  await says("Try again");
  expect((await heard()).at(-1)).toBe("error");
  await page.close();
});

test("a lost connection is said after a second, and resumed from where it was", async () => {
  await open();
  await says("Up to date");
  becomes(hold());
  await says("$650.00");
  refusal = { status: 503, code: "stopping" };
  const lost = streams;
  streams = [];
  for (const stream of lost) stream.destroy();
  await expect.poll(() => asked.at(-1)?.lastId).toBe(`v${view.version}`);
  await says("Up to date");
  await page.close();
});
