import { parseArgs } from "node:util";
import { Parts } from "./parts.ts";

/**
 * The proofs of `test`, counted much further: hours. `--share 0.1` counts to a tenth; with `--minutes 60` neither of the two
 * long ones, the simulated world and the kills, goes on for longer than that. What was counted is what it prints.
 */
const { values } = parseArgs({ options: { share: { type: "string", default: "1" }, minutes: { type: "string" } } });
const share = Number(values.share);
if (!(share > 0 && share <= 1)) throw new Error("--share is above 0 and at most 1");
const of = (full: number) => String(Math.ceil(full * share));
const bounded = values.minutes === undefined ? [] : ["--minutes", values.minutes];
const source = "--conditions=@plimsoll/source";
const parts = new Parts();

await parts.command("simulated world", "node", ["--run", "simulate", "--", "--schedules", of(1_000_000), ...bounded]);
const kills = ["packages/bff/test/kills/random-kills.ts", "--kills", of(10_000), ...bounded];
await parts.command("kills", "node", [source, ...kills]);
const holds = ["packages/bff/test/kills/database-restarts.ts", "--holds", of(5_000)];
await parts.command("database crashes", "node", [source, ...holds]);
await parts.vitest("races", { only: ["packages/bff/test/races"] }, { PLIMSOLL_RACES: of(10_000) });
await parts.vitest("power cuts", { only: ["packages/bff/test/power-cut"] }, { PLIMSOLL_POWER_CUTS: of(2_000) });
parts.end();
