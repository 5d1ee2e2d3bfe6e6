import type { ImitatedGateway } from "../../../sandbox/src/control/imitated-gateway.ts";
import type { Submission } from "../../src/driver/index.ts";
import type { Answer, Known } from "../kills/contract.ts";
import { againstPayment, unended } from "../kills/judge.ts";

/** What is wrong with a hold that has been raced for. The gateway's books are the judge of its sums. */
export function disagreements(known: Known, gateway: ImitatedGateway): string[] {
  const [merchant = ""] = gateway.merchants();
  const payment = known.names.map((name) => gateway.payment(merchant, name)).find((found) => found !== undefined);
  return [...againstPayment(known, payment), ...unended(known)];
}

/** What a caller was told still holds: a step that was taken is there, one that was refused is not. */
export function againstAnswer({ command }: Submission, answer: Answer, { entries }: Known): string[] {
  const made = "reason" in command ? entries.find(({ id }) => id === command.entry) : undefined;
  if ("refused" in answer) return made ? [`${command.do} was refused and is there all the same`] : [];
  if (answer.entry === "") return [];
  const told = entries.find(({ id }) => id === answer.entry);
  if (!told) return [`${command.do} was taken and is gone`];
  const ends = ["applied", "declined", "failed", "withdrawn", "denied", "lapsed"];
  return answer.state !== null && ends.includes(answer.state) && told.state !== answer.state
    ? [`${command.do} was told to be ${answer.state} and is ${told.state}`]
    : [];
}

/** Payments in the books that no hold stands for. */
export function strays(gateway: ImitatedGateway, names: ReadonlySet<string>): string[] {
  const [merchant = ""] = gateway.merchants();
  const payments = gateway.books(merchant)?.payments ?? [];
  return payments
    .filter(
      ({ id, movements }) =>
        !names.has(id) && !movements.some((one) => Object.values(one.references).some((name) => names.has(name))),
    )
    .map(({ id }) => `the gateway has payment ${id}, which is no hold's`);
}
