import express, { type RequestHandler } from "express";
import { mountNotices } from "../../../api/notices.ts";
import { createDriver, type Driver } from "../../../driver/index.ts";
import type { Ids } from "../../../ids.ts";
import { createHub } from "../../../live/index.ts";
import type { Store } from "../../../store/store.ts";
import type { Gateway } from "../../port.ts";
import type { Ground } from "./ground.ts";

/** The BFF's own parts around one gateway account: its driver, and its address for notices. */
export interface Account {
  readonly driver: Driver;
  readonly notices: RequestHandler;
}

/** Longer than any case lasts: what a caller sees is how it ended. */
const PATIENCE = 365 * 86_400_000;

export function openAccount(
  { clock }: Ground,
  parts: {
    readonly store: Store;
    readonly ids: Ids;
    readonly gateway: Gateway;
    readonly alarm: (what: string) => void;
  },
): Account {
  const { store, ids, gateway, alarm } = parts;
  const driver = createDriver({
    store,
    clock,
    ids,
    gateway: () => gateway,
    unseal: (sealed) => Promise.resolve(sealed),
    changes: { ...createHub(), missed: () => {} },
    alert: () => {},
    alarm,
    patience: PATIENCE,
  });
  const account = { id: "account", merchant: "harbor", mode: "test", gateway } as const;
  const directory = {
    merchant: () => undefined,
    account: () => account,
    accounts: () => [account],
    knowsOrigin: () => false,
  };
  return { driver, notices: express().use(mountNotices({ directory, driver })) };
}
