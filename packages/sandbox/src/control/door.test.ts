import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { request } from "node:http";
import { startSandbox } from "../server.ts";
import type { Sandbox } from "../server.ts";
import { sandboxControl } from "./client.ts";

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
beforeEach(() => sandboxControl(sandbox.control.url).reset());
afterAll(() => sandbox.close());

describe("the sandbox lists its gateways", () => {
  it("each where it listens, with what can be asked, scripted, paid with and turned", async () => {
    const gateways = await sandboxControl(sandbox.control.url).gateways();
    expect(gateways.map(({ name, url }) => [name, url])).toEqual(
      ["cybersource", "moneris", "computop"].map((name) => [name, sandbox.gateways[name]?.url]),
    );
    for (const { merchants, operations, outcomes, cards, readings } of gateways)
      for (const list of [merchants, operations, outcomes, cards, readings]) expect(list.length).toBeGreaterThan(0);
  });

  it.each(["cybersource", "moneris", "computop"])(
    "%s: its books, cards, tokens and switches have one form",
    async (name) => {
      const control = sandboxControl(sandbox.control.url, name);
      expect(await control.books()).toMatchObject({ sums: {}, payments: [] });
      expect(await control.token("visa")).toMatchObject({ network: "visa", token: expect.any(String) });
      await expect(control.token("cheque")).rejects.toThrow(/The cards are/u);
      const [reading] = await control.readings();
      const other = reading?.values.find((value) => value !== reading.default) ?? "";
      await control.setReading(reading?.name ?? "", other);
      expect((await control.readings())[0]?.value).toBe(other);
      await control.reset();
      expect((await control.readings())[0]?.value).toBe(reading?.default);
      await expect(control.setReading("weather", "fine")).rejects.toThrow(/nrecognized/u);
      await expect(control.payment("nothing")).rejects.toThrow("There is no such payment.");
    },
  );

  it.each(["cybersource", "moneris", "computop"])("%s takes only outcomes that it has", async (name) => {
    const control = sandboxControl(sandbox.control.url, name);
    await expect(control.script({ do: "outcome", outcome: "MAYBE" })).rejects.toThrow(/./u);
    expect(await control.faults()).toEqual([]);
  });
});

it("CyberSource takes only server errors that it has", async () => {
  const control = sandboxControl(sandbox.control.url);
  const script = (more: object) => control.script({ do: "server-error", when: "before", ...more });
  await expect(script({ reason: "TEAPOT" })).rejects.toThrow(/server errors are SYSTEM_ERROR/u);
  await expect(script({ status: 503 })).rejects.toThrow(/as 502/u);
});

describe("the door answers this machine only", () => {
  const status = (headers: Record<string, string>, path = "/reset", method = "POST") =>
    new Promise<number | undefined>((resolve, reject) => {
      const asked = request(`${sandbox.control.url}${path}`, { method, headers }, (response) => {
        response.resume();
        resolve(response.statusCode);
      });
      asked.once("error", reject).end();
    });

  it.each([
    ["a program", {}, 204],
    ["its own page", { "sec-fetch-site": "same-origin" }, 204],
    ["a name that resolves to loopback", { host: "evil.example" }, 403],
    ["a foreign page", { origin: "https://evil.example", "sec-fetch-site": "cross-site" }, 403],
    ["a page of another port of this machine", { "sec-fetch-site": "same-site" }, 403],
    ["a form that names its page and nothing else", { origin: "http://127.0.0.1:1" }, 403],
    ["a page without an origin", { origin: "null" }, 403],
  ])("%s: %o is answered %i", async (_who, headers, expected) => {
    expect(await status(headers)).toBe(expected);
  });

  it("a link leads to the page, and to nothing else", async () => {
    const link = { "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate" };
    expect(await status(link, "/", "GET")).toBe(200);
    expect(await status(link, "/journal", "GET")).toBe(403);
  });
});

describe("the page", () => {
  it("brings only its own files, and stands in nobody's frame", async () => {
    const page = await fetch(sandbox.control.url);
    const policy = page.headers.get("content-security-policy");
    for (const rule of ["default-src 'none'", "script-src 'self'", "frame-ancestors 'none'"])
      expect(policy).toContain(rule);
    const html = await page.text();
    expect(html).not.toMatch(/<style|style=|onclick|<script(?![^>]*src=)/u);
    const files = [...html.matchAll(/(?:src|href)="(\/page\/[^"]+)"/gu)].map(([, file = ""]) => file);
    expect(files).toContain("/page/page.js");
    for (const file of files) expect((await fetch(`${sandbox.control.url}${file}`)).status).toBe(200);
    expect((await fetch(`${sandbox.control.url}/page/..%2fserve-page.ts`)).status).toBe(404);
  });

  it("hears of a change as it happens", async () => {
    const stop = new AbortController();
    const response = await fetch(`${sandbox.control.url}/changes`, { signal: stop.signal });
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    expect((await reader?.read())?.value).toContain("retry");
    await sandboxControl(sandbox.control.url, "moneris").clock.advance(1000);
    expect((await reader?.read())?.value).toContain("event: change");
    stop.abort();
  });
});
