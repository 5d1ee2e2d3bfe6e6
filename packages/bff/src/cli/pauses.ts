import { PAUSE, PAUSES, RESUME } from "../admin/index.ts";
import { ConfigRefused } from "../config.ts";
import { asked } from "./asked.ts";
import { configOf, modeOf, options, text, type Given } from "./options.ts";

export async function pause(args: readonly string[]): Promise<void> {
  const given = options(args, { config: text, mode: text, why: text, by: text }, 1);
  const config = configOf(given);
  const wish = { ...paused(given), why: given.needed("why", "--why TEXT"), by: given.needed("by", "--by NAME") };
  for await (const { set, pause: standing } of asked(config, PAUSE, wish)) {
    const { gateway, mode } = standing;
    console.log(
      set
        ? `${gateway} (${mode}) is paused. Nothing new is asked of it; look-ups and reads go on.`
        : `It was paused before: ${sentenceOf(standing)}`,
    );
  }
}

export async function resume(args: readonly string[]): Promise<void> {
  const given = options(args, { config: text, mode: text }, 1);
  const config = configOf(given);
  const wish = paused(given);
  for await (const { lifted } of asked(config, RESUME, wish))
    console.log(`${wish.gateway} (${wish.mode}) ${lifted ? "is asked again" : "was not paused"}.`);
}

export async function pauses(args: readonly string[]): Promise<void> {
  const given = options(args, { config: text });
  const config = configOf(given);
  let count = 0;
  for await (const one of asked(config, PAUSES, {})) {
    console.log(sentenceOf(one));
    count += 1;
  }
  if (count === 0) console.log("Nothing is paused.");
}

function paused({ rest: [gateway], needed }: Given) {
  if (gateway === undefined) throw new ConfigRefused("which gateway? See plimsoll --help");
  return { gateway, mode: modeOf(needed("mode", "--mode test|live")) };
}

function sentenceOf({ gateway, mode, by, why, at }: ReturnType<typeof PAUSES.tells.parse>): string {
  return `${gateway} (${mode}), since ${new Date(at).toISOString()} by ${by}: ${why}`;
}
