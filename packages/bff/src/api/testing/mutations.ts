import type { PayerView } from "@plimsoll/shared";
import { appRouter } from "../router.ts";
import { dataOf, doneOf, opening, type World } from "./harness.ts";

/** Who asks: a merchant's server, or a browser's token of the hold in question. */
export type By = "merchant" | "console" | "payer";

/** One mutation that may be asked for now, and the same with something wrong about it. */
export interface Asked {
  /** The hold that it is about; null where it makes one. */
  readonly hold: string | null;
  readonly input: object;
  /** What the rules refuse at this moment. */
  readonly refused: object;
}

/** Every mutation that any door has. */
export const mutations: readonly string[] = Object.entries<unknown>(appRouter._def.procedures).flatMap(
  ([path, procedure]) =>
    Reflect.get(Object(Reflect.get(Object(procedure), "_def")), "type") === "mutation" ? path : [],
);

/** Those that take no key, and why. */
export const KEYLESS: Readonly<Record<string, string>> = {
  "merchant.v1.tokens.issue": "it changes nothing",
};

const USD = { currency: "USD" };
const NOWHERE = `step_${"0".repeat(32)}`;
const evidence = "seen in the gateway's portal";

/** By the procedure's last name: what has to be there first, and what is asked then. */
export const preparations: Readonly<Record<string, (world: World) => Promise<Asked>>> = {
  async open() {
    const input = opening();
    return { hold: null, input, refused: { ...input, ceiling: { amount: 1_00 } } };
  },
  async adopt(world) {
    const payment = "7000000000000000000777";
    world.gateway.books.set(payment, { authorized: 400_00, captured: 0, reversed: 0 });
    const input = { order: "stay-777", payment, ...USD };
    return { hold: null, input, refused: { ...input, payment: "7000000000000000000778" } };
  },
  increment: (world) => money(world, { amount: 10_00 }),
  propose: (world) => money(world, { amount: 10_00 }),
  capture: (world) => money(world, { amount: 100_00 }),
  reverse: ended,
  extend: ended,
  sayCaptured: (world) => money(world, { amount: 100_00, evidence }),
  async sayLapsed(world) {
    const { id: hold } = await world.open();
    return { hold, input: { hold, evidence }, refused: { hold, evidence: " " } };
  },
  async passTime(world) {
    const { id: hold } = await world.open();
    return { hold, input: { hold, seconds: 60 }, refused: { hold, seconds: 0 } };
  },
  withdraw: async (world) => onStep(await proposed(world)),
  async reverseIncrement(world) {
    const { id: hold } = await world.open();
    const { step } = doneOf(await world.call("merchant.v1.increment", { hold, amount: 10_00, ...USD }));
    return onStep({ hold, step });
  },
  async resolve(world) {
    const { id: hold } = await world.open();
    await world.doubt(hold);
    const step = (await world.store.load(hold))?.entries.at(-1)?.id ?? "";
    return onStep({ hold, step }, { outcome: "not_applied", evidence });
  },
  async correct(world) {
    const { id: hold, steps } = await world.open();
    return money(world, { step: steps[0]?.id, amount: 10_00, evidence }, hold);
  },
  async approve(world) {
    const { hold, step: question } = await proposed(world);
    const token = await world.payerToken(hold);
    const view = (dataOf(await world.call("widget.v1.hold", undefined, { token })) as { hold: PayerView }).hold;
    const input = { hold, question, amount: 10_00, total: 410_00, version: view.version };
    return { hold, input, refused: { ...input, total: 409_00 } };
  },
  async deny(world) {
    const { hold, step: question } = await proposed(world);
    return { hold, input: { hold, question }, refused: { hold, question: NOWHERE } };
  },
};

/** Refused in another currency than the hold's. */
async function money(world: World, said: Readonly<Record<string, unknown>>, on?: string): Promise<Asked> {
  const hold = on ?? (await world.open()).id;
  const input = { hold, ...said, ...USD };
  return { hold, input, refused: { ...input, currency: "EUR" } };
}

/** Refused for a hold that has been let go. */
async function ended(world: World): Promise<Asked> {
  const { id: hold } = await world.open();
  const { id: gone } = await world.open();
  await world.call("merchant.v1.reverse", { hold: gone });
  return { hold, input: { hold, reason: "checked out" }, refused: { hold: gone, reason: "checked out" } };
}

/** Refused for a step that is nobody's. */
function onStep(about: { readonly hold: string; readonly step: string }, more: object = {}): Asked {
  const input = { ...about, ...more };
  return { hold: about.hold, input, refused: { ...input, step: NOWHERE } };
}

async function proposed(world: World): Promise<{ readonly hold: string; readonly step: string }> {
  const { id: hold } = await world.open();
  const { step } = doneOf(await world.call("merchant.v1.propose", { hold, amount: 10_00, ...USD }));
  return { hold, step };
}
