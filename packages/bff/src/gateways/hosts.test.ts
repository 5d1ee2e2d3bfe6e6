import { expect, it } from "vitest";
import { hostRefusal } from "./hosts.ts";

const known = { test: ["https://test.api.example"], live: ["https://live.api.example"] };

it.each([
  ["https://api.example", "live", true],
  ["https://api.example:8443/", "test", true],
  ["http://127.0.0.1:4000", "test", true],
  ["http://localhost:4000", "test", true],
  ["http://[::1]:4000", "test", true],
  ["http://127.0.0.1:4000", "live", false],
  ["http://api.example", "test", false],
  ["http://localhost.example", "test", false],
  ["https://api.example/path", "test", false],
  ["https://api.example?x=1", "test", false],
  ["https://user@api.example", "test", false],
  ["https://:password@api.example", "test", false],
  ["ftp://127.0.0.1", "test", false],
  ["nothing", "test", false],
  ["https://test.api.example", "test", true],
  ["https://live.api.example/", "live", true],
  ["https://LIVE.api.example:443", "test", false],
  ["https://test.api.example", "live", false],
] as const)("a gateway's host %s in %s mode: %s", (host, mode, allowed) => {
  expect(hostRefusal(host, mode, known) === undefined).toBe(allowed);
});
