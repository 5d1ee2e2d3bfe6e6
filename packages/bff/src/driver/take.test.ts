import { describe, expect, it } from "vitest";
import type { Hold } from "../hold/index.ts";
import { sampleHold, sampleOperation } from "../store/testing/samples.ts";
import { ManualClock } from "../testing/manual-clock.ts";
import { createTaker, type Absorbed } from "./take.ts";

/** A hold whose operation is being looked at a second time since this instant. */
function lookedAt(startedAt: number): Hold {
  const attempt = { number: 2, kind: "look", startedAt, deadline: startedAt + 60_000 } as const;
  return { ...sampleHold("h1"), operations: [{ ...sampleOperation("o1"), attempt }] };
}

/** Takes an answer by a commit that begins the look at 1,000 and of which nobody hears; the next finds the hold so. */
async function takes(found: Hold): Promise<Absorbed | undefined> {
  const clock = new ManualClock();
  const begun = lookedAt(1_000);
  const when = { limit: 60_000, deadline: 61_000 };
  const job = { do: "look", hold: begun, operation: sampleOperation("o1"), number: 2, ...when } as const;
  let commits = 0;
  const take = createTaker({
    clock,
    alarm: () => {},
    stopping: () => false,
    async absorb(_hold, _fresh, _cause, makes) {
      commits += 1;
      if (commits > 1) return { hold: found, events: [], job: undefined, started: 2 };
      makes?.({ hold: begun, events: [], job, started: 1 });
      throw new Error("the connection was cut at the commit");
    },
  });
  const taken = take("h1", null, { from: "clock" });
  await clock.settles(1_000);
  return taken;
}

describe("a commit of which nobody heard, once it is repeated", () => {
  it("has stood where the very attempt that it began is open: that is done", async () => {
    expect(await takes(lookedAt(1_000))).toMatchObject({ job: { do: "look", number: 2 }, started: 1 });
  });

  it("has not stood where another process has begun one of the same number: that one is not done twice", async () => {
    expect((await takes(lookedAt(1_500)))?.job).toBeUndefined();
  });

  it("has nothing left to do where the operation has ended", async () => {
    expect((await takes({ ...lookedAt(1_000), operations: [] }))?.job).toBeUndefined();
  });
});
