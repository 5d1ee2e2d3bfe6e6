import { readFileSync } from "node:fs";
import { join } from "node:path";
import express, { type Express, type RequestHandler } from "express";
import type { Environment } from "./environment.ts";

const SHARED = join(import.meta.dirname, "../page");

/**
 * An express app as all three sites begin: their policy, their own files at `/page`, the shared ones at `/site`, and
 * `page("stay.html")` for the pages with an element on them.
 */
export function merchantApp(environment: Environment, folder: string): { app: Express; page: Page } {
  const app = express();
  app.disable("x-powered-by");
  app.use(policy(environment), express.json({ limit: "16kb" }));
  app.use("/page", express.static(folder));
  app.use("/site", express.static(SHARED));
  app.get("/health", (_request, response) => void response.json({ ok: true }));
  return { app, page: (file) => sendPage(join(folder, file), environment) };
}

type Page = (file: string) => RequestHandler;

/** The one thing that differs between installations: where the elements' script files are. */
function sendPage(file: string, { scripts }: Environment): RequestHandler {
  const html = readFileSync(file, "utf8").replaceAll("{{scripts}}", scripts);
  return (_request, response) => void response.type("html").send(html);
}

/** The line that docs/embed.md gives to every page with the elements, and a frame for the gateways' card fields. */
function policy({ plimsoll, gateways }: Environment): RequestHandler {
  const cardFields = gateways.map(({ cardField }) => cardField);
  const line = [
    "default-src 'self'",
    `script-src 'self' ${plimsoll}`,
    `connect-src 'self' ${plimsoll}`,
    `frame-src ${cardFields.join(" ")}`,
    "style-src 'self'",
    "require-trusted-types-for 'script'",
    "trusted-types plimsoll-hold plimsoll-console",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'self'",
  ].join("; ");
  return (_request, response, next) => {
    response.set({ "content-security-policy": line, "cache-control": "no-store" });
    next();
  };
}
