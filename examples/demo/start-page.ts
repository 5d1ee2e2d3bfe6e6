import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { join } from "node:path";
import { gateways, type DemoGateway } from "./gateways.ts";
import { merchants, type DemoMerchant } from "./merchants.ts";
import type { Places } from "./places.ts";

const FILES: Readonly<Record<string, { readonly file: string; readonly type: string }>> = {
  "/site.css": { file: "../site/page/site.css", type: "text/css" },
  "/start.css": { file: "start.css", type: "text/css" },
  "/icon.svg": { file: "icon.svg", type: "image/svg+xml" },
};

/** The demo's first page: which sites there are, over which gateways, and where their books stand. */
export function serveStartPage(places: Places): Promise<Server> {
  const html = startPage(places);
  const server = createServer(({ url = "/" }, response) => {
    const { pathname } = new URL(url, places.start.url);
    const asset = FILES[pathname];
    const send = (status: number, type: string, body: string) =>
      response
        .writeHead(status, {
          "content-type": `${type}; charset=utf-8`,
          "content-security-policy": "default-src 'self'; base-uri 'none'; frame-ancestors 'none'",
          "cache-control": "no-store",
        })
        .end(body);
    if (pathname === "/") return send(200, "text/html", html);
    if (pathname === "/health") return send(200, "application/json", '{"ok":true}');
    if (asset) return send(200, asset.type, readFileSync(join(import.meta.dirname, asset.file), "utf8"));
    return send(404, "text/plain", "There is no such page. The demo begins at /.\n");
  });
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(places.start.port, "127.0.0.1", () => resolve(server));
  });
}

function startPage(places: Places): string {
  return `<!doctype html>
<html lang="en-US">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Plimsoll · demo</title>
    <link rel="stylesheet" href="/site.css">
    <link rel="stylesheet" href="/start.css">
    <link rel="icon" href="/icon.svg">
  </head>
  <body>
    <header>
      <h1>Plimsoll</h1>
      <p>Three merchants who don’t know the final price yet. Each has a site on its own origin and its own accounts; the
        gateways are imitated on this machine, so no money moves.</p>
    </header>
    <main>
      <ul class="sites">${merchants.map((merchant) => siteCard(merchant, places)).join("")}</ul>
      <section aria-labelledby="gateways-title">
        <h2 id="gateways-title">Behind them</h2>
        <ul class="behind">
          <li><a href="${places.control.url}/">The gateways’ own console</a>: their books as they change, and the next
            answer as you want it</li>
          ${gateways.map((gateway) => booksOf(gateway, places)).join("\n          ")}
          <li>The BFF: <code>${places.bff.url}</code></li>
        </ul>
      </section>
    </main>
  </body>
</html>
`;
}

function siteCard({ name, story, place }: DemoMerchant, places: Places): string {
  const { url } = places[place];
  const links = gateways.map(
    ({ name: gateway, title }) => `<li><a href="${url}/?gateway=${gateway}">${title}</a></li>`,
  );
  return `
        <li class="box">
          <h2>${name}</h2>
          <p>${story}</p>
          <ul class="over" aria-label="${name} over">${links.join("")}</ul>
        </li>`;
}

function booksOf({ name, title, merchant }: DemoGateway, places: Places): string {
  return `<li><a href="${places.control.url}/${name}/books/${merchant}">${title}’s books</a>, as JSON: what is really held and charged</li>`;
}
