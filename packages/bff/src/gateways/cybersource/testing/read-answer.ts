import type { Outcome } from "../../../hold/index.ts";
import type { Order } from "../../port.ts";
import { outcomeOf } from "../answers.ts";
import type { CyberSourceSettings } from "../settings.ts";
import { account } from "./order.ts";

/** What is made of an answer with this status and body. */
export function read(
  status: number,
  answer: object,
  asked: Order,
  settings: CyberSourceSettings = account("flexible"),
  attempt = 1,
): Outcome {
  const body = JSON.stringify(answer, (_, value) => (typeof value === "bigint" ? String(value) : value));
  return outcomeOf({ is: "answered", status, contentType: "application/json", body }, asked, attempt, settings);
}

export function unknown(cause: string): Outcome {
  return { is: "unknown", cause };
}
