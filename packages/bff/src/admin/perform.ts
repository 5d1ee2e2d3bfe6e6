import { z } from "zod";
import type { ApiKeys } from "../access/index.ts";
import type { Clock } from "../clock.ts";
import { ConfigRefused, type Config } from "../config.ts";
import type { Account, Directory } from "../directory.ts";
import type { Driver } from "../driver/index.ts";
import { markRestored, reconcile, type Told } from "../reconcile/index.ts";
import type { Pause, Store } from "../store/store.ts";
import { type Action, CREATE_KEY, PAUSE, PAUSES, RECONCILE, RESUME } from "./actions.ts";

/** By name, what can be asked of this process from the command line. A wish that is not of its form is refused in a sentence. */
export type Actions = ReadonlyMap<string, (asked: unknown) => AsyncIterable<unknown>>;

export interface ActionParts {
  readonly config: Config;
  readonly directory: Directory;
  readonly store: Store;
  readonly driver: Driver;
  readonly clock: Clock;
  readonly createKey: ApiKeys["create"];
}

export function makeActions(parts: ActionParts): Actions {
  const { store, createKey, clock } = parts;
  return new Map([
    performed(CREATE_KEY, async function* ({ merchant, mode, name }) {
      const { secret } = await createKey(merchant, mode, name);
      yield { secret };
    }),
    performed(RECONCILE, (asked) => reconciled(parts, asked)),
    performed(PAUSE, async function* (asked) {
      known(parts.config, asked.gateway);
      const pause: Pause = { ...asked, at: clock.now() };
      const set = await store.pauses.set(pause);
      yield { set, pause: set ? pause : ((await standing(store, pause)) ?? pause) };
    }),
    performed(RESUME, async function* ({ gateway, mode }) {
      known(parts.config, gateway);
      yield { lifted: await store.pauses.lift(gateway, mode) };
    }),
    performed(PAUSES, async function* () {
      yield* await store.pauses.list();
    }),
  ]);
}

function performed<A, T>(
  { name, asks }: Action<A, T>,
  perform: (asked: A) => AsyncIterable<T>,
): readonly [string, (asked: unknown) => AsyncIterable<unknown>] {
  return [
    name,
    async function* (asked) {
      const wish = asks.safeParse(asked);
      if (!wish.success) throw new ConfigRefused(z.prettifyError(wish.error));
      yield* perform(wish.data);
    },
  ];
}

const TWO_DAYS = 48 * 3_600_000;

type Asked = ReturnType<typeof RECONCILE.asks.parse>;

/** The accounts one after the other; all are marked before the first is compared. */
async function* reconciled(parts: ActionParts, { account, ...asked }: Asked): AsyncGenerator<Told> {
  const until = Math.min(asked.until ?? Infinity, parts.clock.now());
  const from = asked.from ?? until - TWO_DAYS;
  if (from >= until) throw new ConfigRefused("--from has to lie before --until, and before now");
  const accounts = parts.config.accounts
    .filter(({ id }) => account === null || id === account)
    .flatMap(({ id }) => parts.directory.account(id) ?? []);
  if (accounts.length === 0) throw new ConfigRefused(`there is no account ${account} in the configuration`);
  if (asked.restored) yield* withNothingAsked(parts, accounts, from);
  for (const one of accounts) yield* reconcile(parts, one, { from, until });
}

const MARKING = { by: "plimsoll reconcile --restored", why: "holds are being marked" };

/** Nothing new is asked of these gateways while holds are being marked: each of them could be older than what was done. */
async function* withNothingAsked(parts: ActionParts, accounts: readonly Account[], from: number): AsyncGenerator<Told> {
  const { store, clock } = parts;
  const paused: Account[] = [];
  for (const account of accounts) {
    const pause: Pause = { gateway: account.gateway.name, mode: account.mode, ...MARKING, at: clock.now() };
    // One that an earlier run left behind is this one's to lift.
    if ((await store.pauses.set(pause)) || (await standing(store, pause))?.by === MARKING.by) paused.push(account);
  }
  // Where this breaks off they stay paused: holds that are not marked could be asked something.
  for (const account of accounts) yield* markRestored(parts, account, from);
  for (const { gateway, mode } of paused) await store.pauses.lift(gateway.name, mode);
}

async function standing({ pauses }: Store, { gateway, mode }: Pause): Promise<Pause | undefined> {
  return (await pauses.list()).find((one) => one.gateway === gateway && one.mode === mode);
}

function known({ accounts }: Config, gateway: string): void {
  const all = [...new Set(accounts.map((one) => one.gateway))];
  if (!all.includes(gateway))
    throw new ConfigRefused(`no account of the configuration is on ${gateway}; there are: ${all.join(", ")}`);
}
