import type { Command } from "../index.ts";

/** They have a reason too, and say something of what is there. */
const SAID = ["resolve", "say_lapsed"] as const;

type Said = { readonly do: (typeof SAID)[number] };
type Makes = Exclude<Extract<Command, { readonly reason: string | null }>, Said>;

/** Whether a command makes an entry of its own; the others are about one that is there, or about the hold. */
export function makesEntry(command: Command): command is Makes {
  return "reason" in command && !SAID.some((name) => name === command.do);
}
