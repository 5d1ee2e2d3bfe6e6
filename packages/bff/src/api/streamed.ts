import { isTrackedEnvelope, tracked, type TrackedEnvelope } from "@trpc/server";
import { z } from "zod";

/** An output schema for subscriptions: every message is checked like any other answer. */
export function streamed<S extends z.ZodType>(message: S) {
  type Messages = AsyncIterable<TrackedEnvelope<z.input<S>>>;
  return z
    .custom<Messages>((value) => typeof value === "object" && value !== null && Symbol.asyncIterator in value)
    .transform((messages) => checked(messages, message));
}

async function* checked<S extends z.ZodType>(
  messages: AsyncIterable<TrackedEnvelope<z.input<S>>>,
  message: S,
): AsyncGenerator<TrackedEnvelope<z.output<S>>, void> {
  for await (const envelope of messages) {
    if (!isTrackedEnvelope(envelope)) throw new Error("a message without an id");
    const [id, data] = envelope;
    yield tracked(id, message.parse(data));
  }
}
