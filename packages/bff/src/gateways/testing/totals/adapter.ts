import { delta, total } from "@plimsoll/shared";
import { z } from "zod";
import type { Approval, Finding, Outcome, Snapshot } from "../../../hold/index.ts";
import { capabilitiesFrom } from "../../capability-rows.ts";
import type { AccountParts } from "../../parts.ts";
import { PAYMENT_TOKEN, type Gateway, type Order, type Payment, type Written } from "../../port.ts";
import {
  createSmallDoor,
  readJson,
  refusedBy,
  sendWritten,
  smallSettings,
  unknown,
  type SmallDoor,
} from "../small-door.ts";
import { rowsOf } from "./capabilities.ts";

/** A gateway that takes the new sum and never the step, ten times at most; nothing that it needs stands outside its folder. */
export function connectTotals(given: Readonly<Record<string, unknown>>, { send, clock }: AccountParts): Gateway {
  const settings = smallSettings.parse(given);
  const door = createSmallDoor(settings, send);
  const rows = rowsOf(settings);
  return {
    name: "totals",
    payee: "plimsoll_test",
    means: ["token"],
    capabilities: (asker) => capabilitiesFrom(rows, asker),
    reference: (random) => Buffer.from(random).toString("hex"),
    write,
    ask: (attempt) => sendWritten(door, attempt, (answer) => outcomeOf(answer, attempt.order)),
    find: (order, signal) => find(door, order, signal),
    read: (payment, signal) => read(door, payment, clock.now(), signal),
  };
}

function write({ kind, payment, delta: step, totalAfter, reference }: Order): Written {
  const id = payment.references["payment"] ?? "";
  const written = (path: string, body: object): Written => ({
    dialect: "totals-1",
    method: "POST",
    path,
    body: JSON.stringify({ ...body, reference }),
  });
  switch (kind) {
    case "authorize":
      return written("/holds", { amount: totalAfter, currency: payment.currency, token: PAYMENT_TOKEN });
    case "increment":
      return written(`/holds/${id}/amount`, { amount: totalAfter });
    case "capture":
      return written(`/holds/${id}/capture`, { amount: step });
    case "reverse":
      return written(`/holds/${id}/cancel`, {});
    case "extend":
      throw new Error("this gateway prolongs nothing");
  }
}

const holdSchema = z.object({
  id: z.string().min(1),
  state: z.string(),
  amount: z.int().nonnegative(),
  captured: z.int().nonnegative(),
  currency: z.string(),
  growth: z.enum(["available", "unavailable"]),
  capture_before: z.int().nullable(),
});

const stateSchema = z.enum(["open", "captured", "reversed", "expired", "unrecognised"]).catch("unrecognised");

type Told = z.output<typeof holdSchema>;

function outcomeOf(answer: { readonly status: number; readonly body: string }, order: Order): Outcome {
  if (answer.status !== 200) return refusedBy(answer);
  const hold = readJson(holdSchema, answer.body);
  if (!hold) return unknown("unreadable_answer");
  if (hold.currency !== order.payment.currency) return unknown("currency_disagrees");
  if (!STATES[order.kind].includes(hold.state)) return unknown("unknown_status");
  return { is: "approved", ...approvalOf(hold, order) };
}

/** What a hold is after each step. */
const STATES: Readonly<Record<Order["kind"], readonly string[]>> = {
  authorize: ["open"],
  increment: ["open"],
  capture: ["captured"],
  reverse: ["reversed"],
  extend: [],
};

function approvalOf(hold: Told, { kind }: Order): Approval {
  const references = { hold: { payment: hold.id } };
  const named = hold.capture_before === null ? { references } : { references, captureBy: hold.capture_before * 1000 };
  switch (kind) {
    case "authorize":
    case "increment":
      return {
        ...named,
        incrementable: hold.growth === "available",
        grade: "total",
        applied: null,
        total: total(hold.amount),
      };
    case "capture":
      return { ...named, grade: "own_amount", applied: delta(hold.captured), total: null };
    case "reverse":
    case "extend":
      return { ...named, grade: "none", applied: null, total: null };
  }
}

const changesSchema = z.object({
  changes: z.array(
    z.object({
      hold: z.string(),
      currency: z.string(),
      status: z.string(),
      applied: z.int().nonnegative(),
      code: z.string().nullable(),
    }),
  ),
});

async function find(door: SmallDoor, order: Order, signal: AbortSignal): Promise<Finding> {
  const path = `/changes?reference=${order.reference}`;
  const result = await door({ method: "GET", path, body: null }, signal);
  if (result.is !== "answered") return unknown(result.cause);
  const found = result.status === 200 ? readJson(changesSchema, result.body) : undefined;
  if (!found) return unknown("unreadable_answer");
  const [change, ...more] = found.changes;
  if (!change) return { is: "absent" };
  if (more.length > 0 || change.currency !== order.payment.currency) return unknown("not_ours");
  if (change.status === "declined")
    return { is: "declined", code: change.code ?? "declined", networkCode: null, advice: null };
  if (change.status !== "approved") return unknown("unknown_status");
  const references = { hold: { payment: change.hold } };
  return { is: "applied", grade: "own_amount", applied: delta(change.applied), total: null, references };
}

async function read(door: SmallDoor, payment: Payment, asOf: number, signal: AbortSignal): Promise<Snapshot> {
  const id = payment.references["payment"];
  if (id === undefined) return { is: "cannot", cause: "no_payment_id" };
  const result = await door({ method: "GET", path: `/holds/${id}`, body: null }, signal);
  const hold = result.is === "answered" && result.status === 200 ? readJson(holdSchema, result.body) : undefined;
  if (!hold || hold.currency !== payment.currency) return { is: "cannot", cause: "unreadable_answer" };
  const captureBy = hold.capture_before === null ? {} : { captureBy: hold.capture_before * 1000 };
  return {
    is: "snapshot",
    authorized: total(hold.amount),
    captured: total(hold.captured),
    state: stateSchema.parse(hold.state),
    asOf,
    ...captureBy,
  };
}
