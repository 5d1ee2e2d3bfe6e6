import { expect, test } from "vitest";
import { ManualClock } from "../testing/manual-clock.ts";
import type { Hold } from "../hold/index.ts";
import { approved, Story } from "../hold/testing/story.ts";
import { createHub } from "./hub.ts";
import { watchDesk, watchHolds, type Watcher } from "./watch.ts";

const stay = new Story().opened(400_00);
const before = stay.state;
stay.does(stay.increment("e1", 50_00));
const between = stay.state;
stay.answers(approved(50_00));
const after = stay.state;

function watcher(load: () => Hold) {
  const hub = createHub();
  const clock = new ManualClock();
  const leave = new AbortController();
  const store: Watcher["store"] = { load: async () => load(), openHolds: async () => [] };
  return { hub, clock, leave, watch: { hub, store, clock, expires: clock.now() + 600_000, signal: leave.signal } };
}

test("a change while the hold is being read is sent, not lost", async () => {
  const { hub, watch } = watcher(() => {
    hub.tell(after);
    return before;
  });
  const { value } = await watchHolds(watch, [before.terms.id], undefined).next();
  expect(value?.hold.version).toBe(after.version);
});

test("of many changes only the newest is sent, and none twice", async () => {
  const { hub, watch } = watcher(() => before);
  const messages = watchHolds(watch, [before.terms.id], undefined);
  expect((await messages.next()).value?.id).toBe(String(before.version));
  const next = messages.next();
  for (const hold of [between, after, between]) hub.tell(hold);
  expect((await next).value?.hold.version).toBe(after.version);
  const later = messages.next();
  for (const late of [between, after]) hub.tell(late);
  await new Promise(setImmediate);
  hub.tell({ ...after, version: after.version + 1 });
  expect((await later).value?.hold.version).toBe(after.version + 1);
});

test("a desk that changes while it is being read is told of the change too", async () => {
  const { hub, watch } = watcher(() => before);
  const openHolds = async () => {
    hub.tell(after);
    return [before];
  };
  const messages = watchDesk({ ...watch, store: { ...watch.store, openHolds } }, "grand-hotel", "test");
  expect((await messages.next()).value).toEqual({ holds: [before], complete: true });
  expect((await messages.next()).value).toEqual({ holds: [after], complete: false });
  const next = messages.next();
  hub.tell(between);
  await new Promise(setImmediate);
  hub.tell({ ...after, version: after.version + 1 });
  expect((await next).value).toMatchObject({ holds: [{ version: after.version + 1 }], complete: false });
});

test("it ends when the viewer leaves, or when the token expires, and listens no more", async () => {
  for (const end of ["leaves", "expires"] as const) {
    const { clock, leave, watch } = watcher(() => before);
    const messages = watchHolds(watch, [before.terms.id], undefined);
    await messages.next();
    const last = messages.next();
    if (end === "leaves") leave.abort();
    else clock.passes(600_000);
    expect((await last).done).toBe(true);
  }
});
