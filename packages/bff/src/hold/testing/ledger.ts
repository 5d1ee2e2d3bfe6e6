import type { Capabilities, Finding, Instant, Operation, Outcome, Snapshot } from "../index.ts";
import { absent, approved, books, declined, found } from "./story.ts";

/** What the gateway really did with one operation. */
interface Line {
  readonly operation: Operation;
  readonly fate: "applied" | "declined";
  readonly amount: number;
  undone: boolean;
  /** Of a reversal where nothing names its target: the entry that came last, which it let go. */
  took: string | null;
  /** From when a look-up or a read can see it. */
  readonly visibleAt: Instant;
}

interface Coming {
  readonly operation: Operation;
  readonly at: Instant;
  readonly wish: Wish;
}

/** How this request goes at the issuer, unless the books forbid it. */
export interface Wish {
  readonly declines: boolean;
  /** Approve only this many hundredths, where the gateway does so at all. */
  readonly percent: number;
}

/**
 * A gateway's books, kept apart from the hold and without its code: what was really applied, in the order in which it
 * was. It keeps its word: what comes late comes within the declared time, and is seen within the declared lag.
 */
export class Ledger {
  readonly lines: Line[] = [];
  readonly #coming: Coming[] = [];
  readonly #dead = new Set<string>();
  readonly #endsWith = new Set<string>();
  readonly #capabilities: Capabilities;
  #closed = false;

  constructor(capabilities: Capabilities) {
    this.#capabilities = capabilities;
  }

  /** The request arrives; the same key is the same operation. */
  arrives(operation: Operation, wish: Wish, now: Instant): Outcome {
    const before = this.lines.find((line) => line.operation.id === operation.id);
    if (before) return this.#again(before);
    const amount = this.#dead.has(operation.id) || wish.declines ? 0 : this.#applicable(operation, wish);
    const fate = amount > 0 || (operation.delta === 0 && !wish.declines) ? "applied" : "declined";
    const lag = this.#capabilities.recovery.lookUp?.lag ?? 0;
    const line: Line = { operation, fate, amount, undone: false, took: null, visibleAt: now + lag };
    if (fate === "applied" && operation.kind === "reverse") line.took = this.#last();
    this.lines.push(line);
    if (fate === "applied" && operation.kind === "capture" && this.#endsWith.has(operation.entry)) this.#closed = true;
    return answerOf(line);
  }

  #again(before: Line): Outcome {
    const conflicts = this.#capabilities.recovery.dedupe?.replay === "conflict";
    return conflicts ? { is: "received", cause: "this key was used" } : answerOf(before);
  }

  /** This entry is a final capture: the rest of the hold is let go with it. */
  ends(entry: string): void {
    this.#endsWith.add(entry);
  }

  /** The request is on its way and is worked on at that instant. */
  comes(operation: Operation, wish: Wish, at: Instant): void {
    this.#coming.push({ operation, wish, at });
  }

  passes(now: Instant): void {
    for (const { operation, wish, at } of this.#coming.splice(0)) {
      if (at <= now) this.arrives(operation, wish, at);
      else this.#coming.push({ operation, wish, at });
    }
  }

  looks(operation: Operation, now: Instant): Finding {
    const line = this.lines.find((one) => one.operation.id === operation.id && one.visibleAt <= now);
    if (!line || line.undone) return absent;
    // Sums that have not moved say nothing of an issuer's no.
    if (line.fate === "declined" && this.#capabilities.recovery.lookUp?.by === "totals") return absent;
    return line.fate === "declined" ? declined : found(line.amount);
  }

  undoes(operation: Operation): Outcome {
    this.#dead.add(operation.id);
    const line = this.lines.find((one) => one.operation.id === operation.id && one.fate === "applied" && !one.undone);
    if (!line) return { is: "rejected", cause: "nothing there", again: "never" };
    line.undone = true;
    return approved(line.amount);
  }

  reads(now: Instant): Snapshot {
    const seen = (line: Line) => line.visibleAt <= now;
    return books(now, this.#sum(["authorize", "increment"], seen), this.#sum(["capture"], seen));
  }

  get sums() {
    const authorized = this.#sum(["authorize", "increment"]);
    const captured = this.#sum(["capture"]);
    const reversed = this.#sum(["reverse"]);
    return { authorized, captured, reversed, held: this.#closed ? 0 : authorized - captured - reversed };
  }

  /** What became of an entry's operation, however long ago. */
  fateOf(entry: string): { applied: number; fate: "applied" | "declined" | "nothing" } {
    const line = this.lines.find(({ operation }) => operation.entry === entry);
    if (!line || line.undone) return { applied: 0, fate: "nothing" };
    return { applied: line.amount, fate: line.fate };
  }

  /** The entry that a reversal without a target lets go. */
  tookOf(entry: string): string | null {
    return this.lines.find(({ operation }) => operation.entry === entry)?.took ?? null;
  }

  #last(): string | null {
    const gone = new Set(this.lines.map(({ took }) => took));
    const raises = this.lines.filter(({ operation: { kind, entry }, fate, undone }) => {
      return (kind === "authorize" || kind === "increment") && fate === "applied" && !undone && !gone.has(entry);
    });
    return raises.at(-1)?.operation.entry ?? null;
  }

  #applicable({ kind, delta }: Operation, { percent }: Wish): number {
    const { authorized, captured, reversed } = this.sums;
    const held = authorized - captured - reversed;
    if (kind === "capture" || kind === "reverse") return !this.#closed && delta <= held ? delta : 0;
    if (this.#closed || (kind === "increment" && held <= 0 && captured === 0)) return 0;
    const { authorization, increment } = this.#capabilities.partialApproval;
    const partly = kind === "authorize" ? authorization : increment;
    return partly ? Math.max(1, Math.floor((delta * percent) / 100)) : delta;
  }

  #sum(kinds: readonly Operation["kind"][], counts: (line: Line) => boolean = () => true): number {
    const counted = this.lines.filter((line) => kinds.includes(line.operation.kind) && !line.undone && counts(line));
    return counted.reduce((sum, { amount }) => sum + amount, 0);
  }
}

function answerOf({ fate, amount }: Line): Outcome {
  return fate === "applied" ? approved(amount) : declined;
}
