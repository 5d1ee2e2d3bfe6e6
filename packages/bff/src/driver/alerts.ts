import type { Event, Hold } from "../hold/index.ts";

/** Which of these events a person has to hear of at once, in a sentence each. */
export function alertsOf({ terms }: Hold, events: readonly Event[]): readonly string[] {
  return events.flatMap((event) => {
    if (event.type === "alerted") return [`a step of hold ${terms.id} is still in doubt after a quarter of an hour`];
    if (event.type === "read_overdue")
      return [`steps of hold ${terms.id} wait for its books, which could not be read for a quarter of an hour`];
    if (event.type === "contradicted") return [`hold ${terms.id} is contradicted: ${event.contradiction.what}`];
    return [];
  });
}
