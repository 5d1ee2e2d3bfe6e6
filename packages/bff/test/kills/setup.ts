import { randomBytes } from "node:crypto";
import { startImitation, type Imitation } from "../../../sandbox/src/testing/imitation.ts";
import type { Clock } from "../../src/clock.ts";
import type { Account } from "./accounts.ts";
import type { Setup } from "./contract.ts";

/** The gateway of an account, with its books. What it posts stays in its outbox, for whoever brings it to a process. */
export async function imitate(
  { conforming }: Pick<Account, "conforming">,
  clock: Pick<Clock, "now">,
  readings: Readonly<Record<string, string>> = {},
): Promise<Imitation> {
  const imitation = await startImitation(conforming.imitate, { clock });
  for (const [name, value] of Object.entries(readings)) imitation.gateway.readings.set(name, value);
  imitation.gateway.notices?.deliver("held");
  return imitation;
}

/** What every process of one BFF is given, which has this account there. */
export function setupOf(
  { conforming, account }: Pick<Account, "conforming" | "account">,
  { url }: Imitation,
  { settings, ...more }: Pick<Setup, "database" | "time" | "wrong"> & Partial<Pick<Setup, "settings">>,
): Setup {
  return {
    gateway: conforming.name,
    settings: { ...conforming.accounts(url)[account], ...settings },
    currency: conforming.currencies[2],
    card: conforming.cards.grows.card,
    secret: randomBytes(32).toString("base64"),
    ...more,
  };
}
