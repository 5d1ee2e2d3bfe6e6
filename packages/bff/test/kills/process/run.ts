import { setTimeout } from "node:timers/promises";
import { createSeal } from "../../../src/access/index.ts";
import { createDriver, type Submission } from "../../../src/driver/index.ts";
import { createWireClient } from "../../../src/gateways/wire-client.ts";
import { makeIds } from "../../../src/ids.ts";
import { createHub, createRelay } from "../../../src/live/index.ts";
import { openStore, StoreUnavailable } from "../../../src/store/index.ts";
import type { Answer, Said, Served, Setup } from "../contract.ts";
import { PacedClock } from "../paced-clock.ts";
import { connect } from "./connect.ts";
import { knownOf } from "./known.ts";
import { Mortal } from "./mortal.ts";
import { submissionOf } from "./submission.ts";
import { UnderWay } from "./under-way.ts";
import { wronged } from "./wrong.ts";

export interface Running extends Pick<Served, "wish" | "submit" | "known" | "history" | "idle" | "notice" | "stop"> {
  readonly clock: PacedClock;
  readonly mortal: Mortal;
}

/** As it is shipped: how long a caller waits before it sees the step as it stands. */
const PATIENCE = 8_000;

/** As the composition root does it, with everything that reaches outside made mortal. */
export async function run(setup: Setup, say: (said: Said) => void): Promise<Running> {
  const clock = new PacedClock(setup.time);
  const ids = makeIds(clock.now);
  const underWay = new UnderWay();
  const mortal = new Mortal(say);
  if (setup.armed) mortal.arm(setup.armed);
  const wire = createWireClient();
  const parts = { send: mortal.send(wire.send), clock, bytes: ids.bytes, noticesUrl: "http://localhost:9/notices" };
  const gateway = mortal.gateway(connect(setup.gateway, setup.settings, parts));
  const opened = mortal.store(await openStore(setup.database));
  const seal = createSeal(Buffer.from(setup.secret, "base64"));
  const unseal = (sealed: string) => underWay.count(seal.unseal(sealed));
  const made = wronged(setup.wrong, { store: opened, gateway, ids, unseal });
  const [store, counted] = [underWay.counted(made.store), underWay.counted(made.gateway)];
  const alarm = (what: string, error: unknown) =>
    say({ says: "alarm", what: error instanceof Error ? `${what}: ${error.message}` : what });
  const hub = createHub();
  const relay = createRelay({ store, hub, clock, alarm });
  const driver = createDriver({
    store,
    clock,
    ids,
    gateway: () => counted,
    unseal,
    changes: relay,
    alarm,
    alert: () => {},
    patience: PATIENCE,
  });
  async function submit(submission: Submission): Promise<Answer> {
    const submitted = await driver.submit(submission).catch(unavailable);
    if ("unavailable" in submitted) return { refused: "unavailable" };
    if ("refused" in submitted) return { refused: submitted.refused.code };
    const { hold, entry, replayed } = submitted;
    const state = hold.entries.find(({ id }) => id === entry)?.state ?? null;
    return { hold: hold.terms.id, entry, state, replayed };
  }

  await driver.start();
  relay.start();
  const merchant = { ids, clock, gateway: made.gateway, currency: setup.currency, card: setup.card, seal };

  return {
    clock,
    mortal,
    wish: async (key, wish) => submit(await underWay.count(submissionOf(key, wish, merchant))),
    async submit(submission, wait) {
      if (wait > 0) await setTimeout(wait);
      return submit(submission);
    },
    known: (hold) => knownOf(store, hold, clock.now()),
    history: (hold) => store.history(hold),
    async idle() {
      await underWay.ended();
      return store.nextWake();
    },
    async notice(body, headers) {
      const notices = (await gateway.notices?.(Buffer.from(body), new Headers(headers))) ?? "unreadable";
      if (notices === "forged" || notices === "unreadable") return 400;
      for (const notice of notices)
        await driver.notice({ gateway: gateway.name, mode: "test", payee: gateway.payee }, notice);
      return 200;
    },
    async stop() {
      await relay.stop();
      await driver.stop();
      await store.close();
      await wire.close();
    },
  };
}

function unavailable(error: unknown): { readonly unavailable: true } {
  if (error instanceof StoreUnavailable) return { unavailable: true };
  throw error;
}
