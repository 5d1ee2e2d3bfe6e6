import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import express from "express";
import { afterEach, beforeEach, expect, test } from "vitest";
import { mountScripts } from "./scripts.ts";

let folder: string;
let server: Server;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "plimsoll-"));
  for (const path of ["releases/1.0.0", "working"]) mkdirSync(join(folder, path), { recursive: true });
  writeFileSync(join(folder, "releases/1.0.0/hold.js"), "released");
  writeFileSync(join(folder, "releases/.secret"), "hidden");
  writeFileSync(join(folder, "working/hold.js"), "working");
  writeFileSync(join(folder, "secret.txt"), "outside");
  const app = express();
  app.use("/plimsoll", mountScripts({ releases: join(folder, "releases"), working: join(folder, "working") }));
  server = createServer(app);
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
});
afterEach(() => {
  server.close();
  server.closeAllConnections();
  rmSync(folder, { recursive: true });
});

async function get(path: string) {
  const response = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/plimsoll/${path}`);
  return { status: response.status, headers: response.headers, text: await response.text() };
}

test("a release may be kept for ever and used on any page", async () => {
  const { text, headers } = await get("1.0.0/hold.js");
  expect(text).toBe("released");
  expect(headers.get("content-type")).toMatch(/^text\/javascript/);
  expect(headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
  expect(headers.get("access-control-allow-origin")).toBe("*");
  expect(headers.get("cross-origin-resource-policy")).toBe("cross-origin");
});

test("the working build is stored by nobody", async () => {
  const { text, headers } = await get("dev/hold.js");
  expect([text, headers.get("cache-control")]).toEqual(["working", "no-store"]);
});

test("nothing else is served: no listing, no hidden file, nothing outside", async () => {
  for (const path of [
    "",
    "1.0.0",
    "1.0.0/",
    ".secret",
    "..%2fsecret.txt",
    "1.0.0/..%2f..%2f..%2fsecret.txt",
    "2.0.0/hold.js",
  ]) {
    expect((await get(path)).status).toBeGreaterThanOrEqual(400);
  }
});
