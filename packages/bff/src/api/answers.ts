import type {
  Liveness,
  MerchantAnswer,
  MerchantChanged,
  MerchantDone,
  MerchantView,
  PayerAnswer,
  PayerDone,
  Receipt,
  StaffAnswer,
  StaffDone,
  StaffList,
} from "@plimsoll/shared";
import type { MerchantConfig } from "../config.ts";
import type { Hold } from "../hold/index.ts";
import { actorOf, type Done } from "./commands.ts";
import type { Context, Payer, Server, Staff } from "./context.ts";
import { merchantView, payerView, receiptOf, staffView } from "./views/index.ts";

/*
 * Holds as answers of a door. Every answer to a browser also says the server's time and how long its token still
 * lives: browsers' clocks are wrong.
 */

export function toPayer(context: Context<Payer>, hold: Hold): PayerAnswer {
  const now = context.services.clock.now();
  return { ...livenessOf(context), hold: payerView(hold, merchantOf(context, hold), now) };
}

export function doneForPayer(context: Context<Payer>, { hold, step, replayed }: Done): PayerDone {
  return { ...toPayer(context, hold), step, replayed };
}

export function receiptFor(context: Context<Payer>, hold: Hold): Receipt {
  return receiptOf(hold, merchantOf(context, hold));
}

export function toStaff(context: Context<Staff>, hold: Hold): StaffAnswer {
  const now = context.services.clock.now();
  const view = staffView(hold, merchantOf(context, hold), actorOf(context.caller), now);
  return { ...livenessOf(context), hold: view };
}

export function listForStaff(context: Context<Staff>, holds: readonly Hold[]): StaffList {
  return { ...livenessOf(context), holds: holds.map((hold) => toStaff(context, hold).hold) };
}

export function doneForStaff(context: Context<Staff>, { hold, step, replayed }: Done): StaffDone {
  return { ...toStaff(context, hold), step, replayed };
}

export function toServer(context: Context<Server>, hold: Hold): MerchantAnswer {
  return { hold: viewForServer(context, hold) };
}

export function doneForServer(context: Context<Server>, { hold, step, replayed }: Done): MerchantDone {
  return { hold: viewForServer(context, hold), step, replayed };
}

export function changedForServer(context: Context<Server>, { hold, replayed }: Done): MerchantChanged {
  return { ...toServer(context, hold), replayed };
}

export function viewForServer(context: Context<Server>, hold: Hold): MerchantView {
  const now = context.services.clock.now();
  return merchantView(hold, merchantOf(context, hold), actorOf(context.caller), now);
}

function livenessOf({ services, caller }: Context<Payer> | Context<Staff>): Liveness {
  const now = services.clock.now();
  const secondsLeft = Math.max(0, Math.floor(caller.claims.exp - now / 1000));
  return { now: new Date(now).toISOString(), secondsLeft };
}

function merchantOf({ services }: Context, hold: Hold): MerchantConfig {
  const merchant = services.directory.merchant(hold.terms.merchant);
  if (!merchant) throw new Error(`hold ${hold.terms.id} is of a merchant that the configuration does not name`);
  return merchant;
}
