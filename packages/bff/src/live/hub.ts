import type { Mode } from "@plimsoll/shared";
import type { Hold, HoldId } from "../hold/index.ts";

/** Tells the viewers in this process of every change of a hold. */
export interface Hub {
  tell(hold: Hold): void;
  /** Hears of one hold; the answer stops it. */
  ofHold(id: HoldId, hear: (hold: Hold) => void): () => void;
  /** Hears of every hold of a merchant; the answer stops it. */
  ofDesk(merchant: string, mode: Mode, hear: (hold: Hold) => void): () => void;
}

export function createHub(): Hub {
  const listeners = new Map<string, Set<(hold: Hold) => void>>();
  const tell = (topic: string, hold: Hold) => listeners.get(topic)?.forEach((hear) => hear(hold));

  function listen(topic: string, hear: (hold: Hold) => void): () => void {
    const those = listeners.get(topic) ?? new Set();
    listeners.set(topic, those.add(hear));
    return () => {
      those.delete(hear);
      if (those.size === 0 && listeners.get(topic) === those) listeners.delete(topic);
    };
  }

  return {
    tell(hold) {
      tell(hold.terms.id, hold);
      tell(deskOf(hold.terms.merchant, hold.terms.mode), hold);
    },
    ofHold: listen,
    ofDesk: (merchant, mode, hear) => listen(deskOf(merchant, mode), hear),
  };
}

function deskOf(merchant: string, mode: Mode): string {
  return `desk ${mode} ${merchant}`;
}
