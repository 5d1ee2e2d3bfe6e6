import { fileURLToPath } from "node:url";
import express from "express";
import type { Express } from "express";

/** The page's files lie in `src` also when the sandbox runs from `dist`: nothing builds them. */
const FILES = fileURLToPath(new URL("../../src/page/files/", import.meta.url));

/** `GET /`: the control door for people. Only its own files, no inline code, in nobody's frame. */
export function servePage(app: Express): void {
  app.get(["/", "/page/*file"], (_request, response, next) => {
    response.set({
      "content-security-policy":
        "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
      "referrer-policy": "no-referrer",
      "x-content-type-options": "nosniff",
      "cache-control": "no-cache",
    });
    next();
  });
  app.use("/page", express.static(FILES, { index: false, redirect: false }));
  app.get("/", (_request, response) => {
    response.sendFile("index.html", { root: FILES });
  });
}
