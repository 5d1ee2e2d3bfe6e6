import type { Submission } from "../../src/driver/index.ts";
import { makesEntry } from "../../src/hold/testing/makes-entry.ts";
import type { Answer, Known } from "../kills/contract.ts";

/** What a caller was told still holds: a step that was taken is there, one that was refused is not. */
export function againstAnswer({ command }: Submission, answer: Answer, { entries }: Known): string[] {
  const made = makesEntry(command) ? entries.find(({ id }) => id === command.entry) : undefined;
  if ("refused" in answer) return made ? [`${command.do} was refused and is there all the same`] : [];
  if (answer.entry === "") return [];
  const told = entries.find(({ id }) => id === answer.entry);
  if (!told) return [`${command.do} was taken and is gone`];
  const ends = ["applied", "declined", "failed", "withdrawn", "denied", "lapsed"];
  return answer.state !== null && ends.includes(answer.state) && told.state !== answer.state
    ? [`${command.do} was told to be ${answer.state} and is ${told.state}`]
    : [];
}
