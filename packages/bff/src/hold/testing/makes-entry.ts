import type { Command } from "../index.ts";

type Makes = Exclude<Extract<Command, { readonly reason: string | null }>, { readonly do: "resolve" | "say_lapsed" }>;

/** Whether a command makes an entry of its own; the others are about one that is there, or about the hold. */
export function makesEntry(command: Command): command is Makes {
  return "reason" in command && command.do !== "resolve" && command.do !== "say_lapsed";
}
