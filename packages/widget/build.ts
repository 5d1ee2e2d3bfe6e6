import { createHash } from "node:crypto";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";
import { minify } from "terser";
import { build, type Plugin, type Rolldown } from "vite";
import { deskFixtures } from "./fixtures/desk.ts";
import { fixtures } from "./fixtures/fixtures.ts";
import { lean, shortProperties, unsaid } from "./lean.ts";
import { privateNames } from "./private-names.ts";
import { slim } from "./slim.ts";
import { consoleEn } from "./src/words/console-en.ts";
import { en } from "./src/words/en.ts";

const src = join(import.meta.dirname, "src");

/** The script files, and the most that each may weigh in bytes of brotli. */
const SCRIPTS = { hold: 20_480, console: 28_000 } as const;
export type ScriptName = keyof typeof SCRIPTS;

/** A file of a build. */
export interface Built {
  readonly name: string;
  readonly text: string;
}

/** What each script shows for `demo`: it names the file by its hash. */
export const DEMOS: Readonly<Record<ScriptName, Built>> = {
  hold: { name: "demo.json", text: JSON.stringify(fixtures) },
  console: { name: "console-demo.json", text: JSON.stringify(deskFixtures) },
};
export const DEMO = DEMOS.hold;

const MESSAGES: Readonly<Record<string, string>> = { ...en.messages, ...consoleEn.messages };

/** The scripts that there are, each for itself: they can't share a policy, so they don't share code. */
export function scripts(): ScriptName[] {
  return (["hold", "console"] as const).filter((name) => existsSync(join(src, `script/${name}.ts`)));
}

/** One script as a single file that defines its element: Lit, client, words, styles and all. */
export async function buildScript(name: ScriptName): Promise<Built> {
  const text = await bundle(
    join(src, `script/${name}.ts`),
    [slim(`plimsoll-${name}`), lean(), shortProperties(), unsaid(Object.keys(MESSAGES))],
    DEMOS[name],
  );
  return { name: `${name}.js`, text };
}

/** What the libraries alone weigh: the floor under every script. */
export async function floor(): Promise<number> {
  const entry = join(src, "floor.js");
  const code = `export { LitElement, html, css, nothing } from "lit"; export { directive, Directive } from "lit/directive.js"; export { createTRPCClient, TRPCClientError } from "@trpc/client"; export { observable } from "@trpc/server/observable";`;
  const floorOnly: Plugin = {
    name: "floor",
    resolveId: (id) => (id === entry ? id : undefined),
    load: (id) => (id === entry ? code : undefined),
  };
  return weigh(await bundle(entry, [floorOnly, slim("floor")]));
}

/** As a browser gets it. */
export function weigh(text: string): number {
  return brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length;
}

/** `sha384-…`, for `integrity`. */
export function integrityOf(text: string): string {
  return `sha384-${createHash("sha384").update(text).digest("base64")}`;
}

/** The doors of the npm package as modules, with the libraries left to whoever bundles them. */
export async function buildModules(out: string): Promise<void> {
  await build({
    configFile: false,
    root: import.meta.dirname,
    logLevel: "error",
    mode: "production",
    build: {
      outDir: out,
      emptyOutDir: false,
      copyPublicDir: false,
      target: "es2024",
      minify: false,
      lib: {
        entry: Object.fromEntries(
          ["index", "define", "define-console", "testing"].map((door) => [door, join(src, `${door}.ts`)]),
        ),
        formats: ["es"],
      },
      rolldownOptions: {
        external: /^(lit|@trpc)\b/,
        output: { entryFileNames: "[name].js", chunkFileNames: "shared/[name].js" },
      },
    },
  });
}

async function bundle(entry: string, plugins: Plugin[], demo = DEMO): Promise<string> {
  const built = await build({
    configFile: false,
    root: import.meta.dirname,
    logLevel: "error",
    mode: "production",
    plugins,
    // Said here, so that a build is the same under a test runner's NODE_ENV.
    resolve: { conditions: ["production", "browser", "module", "import", "default"] },
    define: { "process.env.NODE_ENV": '"production"', DEMO_INTEGRITY: JSON.stringify(integrityOf(demo.text)) },
    build: {
      write: false,
      target: ["chrome125", "firefox126", "safari17.5"],
      minify: "oxc",
      modulePreload: false,
      lib: { entry, formats: ["iife"], name: "plimsoll" },
      rolldownOptions: {
        treeshake: { propertyReadSideEffects: false },
        output: { extend: true, codeSplitting: false },
      },
    },
  });
  const [output] = [built].flat().flatMap((one) => ("output" in one ? one.output : []));
  if (output?.type !== "chunk") throw new Error(`nothing was built from ${entry}`);
  return smallest((output satisfies Rolldown.OutputChunk).code);
}

/** The second of two minifiers: they see different things. */
async function smallest(code: string): Promise<string> {
  const compress = { passes: 3, pure_getters: true, unsafe_arrows: true } as const;
  const mangle = { properties: { regex: privateNames(code, MESSAGES, DEMOS.hold.text + DEMOS.console.text) } };
  const { code: small } = await minify(code, { ecma: 2020, toplevel: true, compress, mangle });
  return small ?? code;
}

async function main(): Promise<void> {
  await buildModules(join(import.meta.dirname, "dist"));
  const out = join(import.meta.dirname, "dist/script");
  mkdirSync(out, { recursive: true });
  let heavy = false;
  for (const name of scripts()) {
    const built = await buildScript(name);
    const bytes = weigh(built.text);
    for (const { name: file, text } of [built, DEMOS[name]]) writeFileSync(join(out, file), text);
    console.log(`${built.name} ${bytes} bytes brotli (gate ${SCRIPTS[name]})`);
    heavy ||= bytes > SCRIPTS[name];
  }
  console.log(`Lit and the tRPC client alone: ${await floor()} bytes brotli`);
  if (heavy) throw new Error("a script is over its gate");
}

if (import.meta.main) await main();
