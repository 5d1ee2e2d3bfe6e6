import type { Actor, Command, EntryId } from "../../../hold/index.ts";

/** Who asks in every case. */
export const DESK: Actor = { kind: "console", name: "Front desk" };

type Wanted<K extends Command["do"]> = Partial<Extract<Command, { do: K }>>;

/** What somebody says who has looked in the gateway's portal. */
const evidence = "seen in the gateway's portal";

/** Commands on one hold, where a case says no more than what it is about. */
export function commandsFor(newEntry: () => EntryId, currency: () => string) {
  const wish = () => ({ entry: newEntry(), by: DESK, reason: null });
  const money = (amount: number) => ({ ...wish(), amount, currency: currency() });
  return {
    increment: (amount: number, more: Wanted<"increment"> = {}): Command => ({
      do: "increment",
      ...money(amount),
      line: null,
      notBefore: null,
      ...more,
    }),
    capture: (amount: number, more: Wanted<"capture"> = {}): Command => ({
      do: "capture",
      ...money(amount),
      final: true,
      leaveDoubt: false,
      acceptLate: false,
      ...more,
    }),
    reverseAll: (): Command => ({ do: "reverse", ...wish() }),
    reverseIncrement: (target: EntryId): Command => ({ do: "reverse_increment", ...wish(), target }),
    extend: (): Command => ({ do: "extend", ...wish() }),
    correct: (target: EntryId, amount: number): Command => ({ do: "correct", ...money(amount), target, evidence }),
    resolve: (entry: EntryId, outcome: "applied" | "not_applied", payment: string | null): Command => ({
      do: "resolve",
      entry,
      by: DESK,
      outcome,
      amount: null,
      payment,
      reason: null,
      evidence,
    }),
    sayCaptured: (amount: number): Command => ({ do: "say_captured", ...money(amount), final: true, evidence }),
    sayLapsed: (): Command => ({ do: "say_lapsed", by: DESK, reason: null, evidence }),
    hint: (): Command => ({ do: "hint", by: DESK }),
    wish,
  };
}
