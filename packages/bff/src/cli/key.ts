import { CREATE_KEY } from "../admin/index.ts";
import { ConfigRefused } from "../config.ts";
import { asked } from "./asked.ts";
import { configOf, modeOf, options, text } from "./options.ts";

export async function key([action, ...rest]: readonly string[]): Promise<void> {
  if (action !== "create") throw new ConfigRefused("what can be done with a key is to create it: see plimsoll --help");
  const given = options(rest, { config: text, merchant: text, mode: text, name: text });
  const config = configOf(given);
  const wanted = {
    merchant: given.needed("merchant", "--merchant ID"),
    mode: modeOf(given.needed("mode", "--mode test|live")),
    name: given.needed("name", "--name NAME"),
  };
  for await (const { secret } of asked(config, CREATE_KEY, wanted)) console.log(secret);
}
