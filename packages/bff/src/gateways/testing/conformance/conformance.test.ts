import { globSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeEach, describe, it } from "vitest";
import { z } from "zod";
import { cases } from "./cases/index.ts";
import type { Conforming, Reading, Settings } from "./conforming.ts";
import { startGround, type Ground } from "./ground.ts";
import { Table } from "./table.ts";
import { Trial } from "./trial.ts";
import { expectWalk, type How } from "./walk.ts";

/*
 * Every gateway's adapter against its imitation, case by case, and under every reading of what its documents leave
 * open. A gateway joins by its folder: by the default export of its `testing/conformance.ts`.
 */
const folder = join(import.meta.dirname, "../..");
const moduleSchema = z.object({ default: z.custom<Conforming>((value) => typeof value === "object") });
const grounds: Ground[] = [];
for (const file of globSync(["*/testing/conformance.ts", "testing/*/conformance.ts"], { cwd: folder }).toSorted()) {
  grounds.push(await startGround(moduleSchema.parse(await import(join(folder, file))).default));
}

const table = new Table(cases);
afterAll(async () => {
  console.log(`\n${table.toString()}\n`);
  for (const ground of grounds) await ground.close();
});

describe.each(grounds)("$conforming.name conforms", (ground) => {
  const { conforming, imitation } = ground;
  const { name: gateway } = conforming;
  const trials: Trial[] = [];

  beforeEach(async () => {
    // What a failed case left hanging at the gateway is let go first.
    imitation.reset();
    imitation.gateway.notices?.deliver("held");
    for (const trial of trials.splice(0)) await trial.end();
  });

  const begin = (account?: string, more: Settings = {}) => {
    const trial = new Trial(ground, { ...settingsOf(ground, account), ...more });
    trials.push(trial);
    return trial;
  };

  const about = new Trial(ground, settingsOf(ground));
  for (const { name, missing, run } of cases) {
    const why = missing?.(about);
    if (why !== undefined) {
      table.notOffered(gateway, name, why);
      continue;
    }
    it(`case: ${name}`, async () => {
      await expectPass(table.cell(gateway, name), () => run(begin()));
    });
  }

  const walks: readonly (readonly [name: string, readings: Settings, how: How, Reading])[] = [
    ...Object.keys(conforming.accounts(imitation.url))
      .slice(1)
      .map(
        (account) => [`the account ${account}`, conforming.madeFor?.[account] ?? {}, "agrees", { account }] as const,
      ),
    ...otherReadings(ground),
    ...(conforming.mistakes ?? []).map(({ what, readings, ...rest }) => [what, readings, "contradicts", rest] as const),
  ];
  it.each(walks)("walks: %s", async (name, readings, how, { account, settings }) => {
    await expectPass(table.walk(`${gateway}: ${name}`), async () => {
      for (const [reading, value] of Object.entries(readings)) imitation.gateway.readings.set(reading, value);
      await expectWalk(() => begin(account, settings), how);
    });
  });
  for (const [name, , , { apart }] of walks)
    if (apart) table.apart(`${gateway}, ${name}: held may come apart, ${apart}`);
});

/** Each value but the usual one of each of its switches, one at a time. */
function otherReadings({ conforming, imitation }: Ground) {
  return imitation.gateway.readings.report().flatMap(({ name, values, default: usual }) =>
    values
      .filter((value) => value !== usual)
      .map((value) => {
        const reading = conforming.readings?.[name]?.[value] ?? {};
        return [
          `${name} = ${value}`,
          { [name]: value },
          reading.apart === undefined ? "agrees" : "hidden",
          reading,
        ] as const;
      }),
  );
}

async function expectPass(tell: (is: "passed" | "failed") => void, run: () => Promise<void>): Promise<void> {
  tell("failed");
  await run();
  tell("passed");
}

function settingsOf({ conforming, imitation }: Ground, account?: string): Settings {
  const accounts = conforming.accounts(imitation.url);
  const settings = account === undefined ? Object.values(accounts)[0] : accounts[account];
  if (!settings) throw new Error(`${conforming.name} has no account ${account}`);
  return settings;
}
