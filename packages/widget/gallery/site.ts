import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { readFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { buildScript, DEMOS, integrityOf, type ScriptName } from "../build.ts";

/** The line that the README publishes: what a page's CSP has to allow for the element, and nothing else. */
export function contentSecurityPolicy(origin: string): string {
  return [
    "default-src 'none'",
    `script-src ${origin}`,
    `connect-src ${origin}`,
    "trusted-types plimsoll-hold plimsoll-console",
    "require-trusted-types-for 'script'",
  ].join("; ");
}

/** A page and the script's host on loopback, under the published CSP line. `routes` answer what else is asked for. */
export interface Site {
  readonly origin: string;
  /** Opens a page with this body; `head` goes before the script. */
  page(body: string, head?: string): string;
  /** The tag of one of its scripts. */
  script(name: ScriptName): string;
  close(): Promise<void>;
}

export type Route = (request: IncomingMessage, response: ServerResponse) => void;

const TYPES: Readonly<Record<string, string>> = {
  js: "text/javascript",
  json: "application/json",
  css: "text/css",
  woff2: "font/woff2",
};

export async function site(
  routes: Readonly<Record<string, Route>> = {},
  names: readonly ScriptName[] = ["hold"],
): Promise<Site> {
  const files = new Map<string, string | Buffer>();
  for (const name of names) {
    const built = await buildScript(name);
    for (const file of [built, DEMOS[name]]) files.set(`/plimsoll/dev/${file.name}`, file.text);
  }
  files.set("/hold.css", PAGE_CSS);
  for (const weight of ["400", "500", "600", "700"]) files.set(`/inter-${weight}.woff2`, font(weight));
  const pages = new Map<string, string>();
  let origin = "";
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://localhost");
    const route = routes[pathname];
    const page = pages.get(pathname);
    const file = files.get(pathname);
    if (route) route(request, response);
    else if (page) {
      const policy = `${contentSecurityPolicy(origin)}; style-src ${origin}; font-src ${origin}`;
      response
        .writeHead(200, { "content-type": "text/html; charset=utf-8", "content-security-policy": policy })
        .end(page);
    } else if (file) {
      const type = TYPES[pathname.split(".").at(-1) ?? ""] ?? "text/plain";
      response
        .writeHead(200, { "content-type": `${type}; charset=utf-8`, "access-control-allow-origin": "*" })
        .end(file);
    } else response.writeHead(pathname === "/favicon.ico" ? 204 : 404).end();
  });
  origin = await listen(server);
  return {
    origin,
    page: (body, head = names.map((name) => script(name, origin, files)).join("")) => {
      const path = `/page-${pages.size}`;
      pages.set(
        path,
        `<!doctype html><html lang="en-US"><head><title>Test</title><link rel="stylesheet" href="/hold.css">${head}</head><body>${body}</body></html>`,
      );
      return origin + path;
    },
    script: (name) => script(name, origin, files),
    close: async () => {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

function script(name: ScriptName, origin: string, files: ReadonlyMap<string, string | Buffer>): string {
  const integrity = integrityOf(String(files.get(`/plimsoll/dev/${name}.js`)));
  return `<script async src="${origin}/plimsoll/dev/${name}.js" integrity="${integrity}" crossorigin="anonymous"></script>`;
}

async function listen(server: Server): Promise<string> {
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address() as AddressInfo;
  return `http://localhost:${port}`;
}

function font(weight: string): Buffer {
  return readFileSync(
    join(import.meta.dirname, `../node_modules/@fontsource/inter/files/inter-latin-${weight}-normal.woff2`),
  );
}

const faces = [400, 500, 600, 700]
  .map((weight) => `@font-face{font-family:Inter;font-weight:${weight};src:url(/inter-${weight}.woff2)}`)
  .join("");
const PAGE_CSS = `${faces}
body{margin:24px;background:#f4f6f7;--plimsoll-font:Inter,sans-serif;font:16px/1.5 Inter,sans-serif}
body.dark{color-scheme:dark;background:#0a1216;color:#e8f0f3}
body.narrow{margin:0}
.wall{display:flex;flex-wrap:wrap;gap:24px;align-items:start}
.wall>*{inline-size:360px}
plimsoll-hold:not(:defined){display:block;min-height:40em}`;
