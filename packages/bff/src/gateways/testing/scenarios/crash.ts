import { expect } from "vitest";
import type { Clock } from "../../../clock.ts";
import { createDriver } from "../../../driver/index.ts";
import type { Command } from "../../../hold/index.ts";
import { makeIds } from "../../../ids.ts";
import { createHub } from "../../../live/index.ts";
import type { Gateway } from "../../port.ts";
import { openAccount } from "../conformance/account.ts";
import type { Stage } from "./stage.ts";

/** How a process ends: with a request written down and not sent, sent and its answer not heard, or by being drained. */
export type End = "crashes before asking" | "crashes before it is answered" | "is stopped while it asks";

/**
 * A process takes a command and ends at its n-th reversal; then another one starts on the same store. After a crash the
 * first one's timers never run again, and what it waited for never comes.
 */
export async function expectEndAtReversal(stage: Stage, command: Command, nth: number, end: End): Promise<void> {
  const { trial } = stage;
  const { clock, store, inFlight } = trial;
  const ids = makeIds(clock.now);
  const alarm = (what: string) => void trial.alarms.push(what);
  const life = { reversals: 0, ended: false, drained: Promise.resolve() };
  const gateway: Gateway = {
    ...trial.gateway,
    async ask(attempt) {
      life.reversals += attempt.order.kind === "reverse" ? 1 : 0;
      if (attempt.order.kind !== "reverse" || life.reversals < nth) return trial.gateway.ask(attempt);
      if (end === "crashes before it is answered") await trial.gateway.ask(attempt);
      life.ended = true;
      if (end !== "is stopped while it asks") return new Promise(() => {});
      life.drained = dying.stop();
      return trial.gateway.ask(attempt);
    },
  };
  const mortal: Clock = {
    now: clock.now,
    monotonic: clock.monotonic,
    after: (ms, run) => clock.after(ms, () => (life.ended ? undefined : run())),
  };
  await trial.end();
  const dying = createDriver({
    store,
    clock: mortal,
    ids,
    gateway: () => gateway,
    unseal: (sealed) => Promise.resolve(sealed),
    changes: { ...createHub(), missed: () => {} },
    alert: () => {},
    alarm,
    patience: 0,
  });
  void dying.submit({ hold: trial.id, command });
  await inFlight.ended();
  while (!life.ended) {
    expect(await stage.passesToNext(clock.now() + MOST), "it goes on to its end").toBe(true);
    await inFlight.ended();
  }
  await life.drained;
  expect(life.reversals, "it asks nothing more").toBe(nth);
  stage.driver = openAccount(trial.ground, { store, ids, gateway: trial.gateway, alarm }).driver;
  await stage.driver.start();
  await stage.rests();
}

/** Longer than any reversal waits for the one before it. */
const MOST = 3_600_000;
