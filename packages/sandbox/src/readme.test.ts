import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sandboxControl } from "./control/client.ts";
import { faultSchema } from "./control/fault.ts";
import type { GatewayReport } from "./control/reports.ts";
import { startSandbox } from "./server.ts";
import type { Sandbox } from "./server.ts";

const read = (path: string) => readFileSync(new URL(path, import.meta.url), "utf8");
const readme = read("../README.md");

let sandbox: Sandbox;
let gateways: GatewayReport[];
beforeAll(async () => {
  sandbox = await startSandbox();
  gateways = await sandboxControl(sandbox.control.url).gateways();
});
afterAll(() => sandbox.close());

describe("the README knows", () => {
  it("every gateway, and where its own README lies", () => {
    for (const { name } of gateways) {
      expect(readme).toContain(`| \`${name}\``);
      expect(readme).toContain(`(src/${name}/README.md)`);
    }
  });

  it("every outcome, card and reading of each gateway, in that gateway's own README or here", () => {
    for (const { name, outcomes, cards, readings } of gateways) {
      const own = `${read(`${name}/README.md`)}${readme}`;
      for (const row of [...outcomes, ...cards, ...readings])
        expect(own, `${name}: ${row.name}`).toContain(`\`${row.name}\``);
    }
  });

  it("every fault and every operation that one can match", () => {
    for (const { shape } of faultSchema.options) expect(readme).toContain(`| \`${[...shape.do.values][0]}\``);
    for (const operation of gateways.flatMap(({ operations }) => operations))
      expect(readme).toContain(`\`${operation}\``);
  });

  it("every method of the typed client", () => {
    const { notices, clock, ...control } = sandboxControl(sandbox.control.url);
    const others = ["review"];
    const names = [
      ...Object.keys(control).filter((name) => !others.includes(name)),
      ...Object.keys(notices).map((name) => `notices.${name}`),
      ...Object.keys(clock).map((name) => `clock.${name}`),
    ];
    for (const name of names) expect(readme).toContain(`\`${name}(`);
  });
});
