import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { buildModules, buildScript, DEMO, integrityOf, scripts } from "../build.ts";
import { leanCss, leanHtml } from "../lean.ts";
import packageJson from "../package.json" with { type: "json" };
import { privateNames } from "../private-names.ts";
import { writeRelease } from "../release.ts";
import { slimmed } from "../slim.ts";
import { VERSION } from "../src/version.ts";

const folder = mkdtempSync(join(tmpdir(), "plimsoll-release-"));
afterAll(() => rmSync(folder, { recursive: true }));

describe("a build", () => {
  test.each(scripts())("of %s.js is the same every time, and names its own policy", async (name) => {
    const [first, second] = await Promise.all([buildScript(name), buildScript(name)]);
    expect(integrityOf(first.text)).toBe(integrityOf(second.text));
    expect(first.text).toContain(`createPolicy("plimsoll-${name}"`);
    expect(first.text).not.toMatch(/createPolicy\(.lit-html/);
  });

  test("holds no schema library, no development build and no path of this machine", async () => {
    const { text } = await buildScript("hold");
    expect(text).not.toMatch(/ZodError|dev mode|sourceMappingURL/);
    expect(text).not.toContain(import.meta.dirname);
  });

  test("pins the fixtures that it loads for demo", async () => {
    expect((await buildScript("hold")).text).toContain(integrityOf(DEMO.text));
  });
});

test("the package's doors can be imported on a server, where they define nothing", async () => {
  const out = mkdtempSync(join(import.meta.dirname, "../node_modules/.doors-"));
  try {
    await buildModules(out);
    const { PlimsollHold, VERSION: version } = await import(join(out, "index.js"));
    await import(join(out, "define.js"));
    expect([typeof PlimsollHold, version]).toEqual(["function", VERSION]);
  } finally {
    rmSync(out, { recursive: true });
  }
});

describe("a release", () => {
  test("is written once, whole, with its hashes", async () => {
    await writeRelease(VERSION, folder);
    const place = join(folder, VERSION);
    const hashes: unknown = JSON.parse(readFileSync(join(place, "integrity.json"), "utf8"));
    for (const name of readdirSync(place).filter((file) => file !== "integrity.json")) {
      expect(hashes).toHaveProperty([name], integrityOf(readFileSync(join(place, name), "utf8")));
    }
    await expect(writeRelease(VERSION, folder)).rejects.toThrow("never changes");
  });

  test("is of this code's own version only, which is the package's", async () => {
    await expect(writeRelease("9.9.9", folder)).rejects.toThrow(VERSION);
    expect(packageJson.version).toBe(VERSION);
  });
});

describe("white space", () => {
  test("goes from styles where it means nothing, and stays where it does", () => {
    expect(leanCss(".a > .b ,\n .c :hover {\n  margin: calc(1em - 2px) 0;\n}\n")).toBe(
      ".a>.b,.c :hover{margin:calc(1em - 2px) 0}",
    );
  });

  test("goes from templates between lines, and stays between words", () => {
    expect(leanHtml("<p>\n  one two\n  <b>three</b> four\n</p>")).toBe("<p>one two<b>three</b> four</p>");
  });
});

describe("the build stops", () => {
  test("where a library is no longer what is cut", () => {
    const cut = (id: string) => slimmed("export {}", `/node_modules/${id}`, "plimsoll-hold");
    expect(() => cut("lit-html/lit-html.js")).toThrow("no longer holds");
    expect(() => cut("@trpc/client/dist/index.mjs")).toThrow("no longer holds");
    expect(cut("lit-html/directive.js")).toBeUndefined();
  });

  test("where a template needs what is cut", () => {
    expect(() => slimmed("html`<textarea>${text}</textarea>`", "src/hold/note.ts", "plimsoll-hold")).toThrow(
      "textarea",
    );
    expect(() => slimmed('import { until } from "lit/directives/until.js";', "src/a.ts", "plimsoll-hold")).toThrow(
      "lit/",
    );
  });

  test("where a name that is to be shortened is also a text", () => {
    const ours = 'const sight = { money }; sight.money("held")';
    expect(privateNames(ours, {}, "{}").test("money")).toBe(true);
    expect(() => privateNames('sight["money"]', {}, "{}")).toThrow("money");
    expect(() => privateNames(ours, { calm: "Up to {money}." }, "{}")).toThrow("money");
    expect(() => privateNames(ours, {}, '{"money":1}')).toThrow("money");
  });
});
