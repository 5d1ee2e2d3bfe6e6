import { describe, expect, it } from "vitest";
import { lifecycle } from "./index.ts";
import { blind, byNotice, flexible } from "./testing/gateways.ts";
import { absent, approved, declined, found, MINUTE, NOON, SECOND, Story, unknown } from "./testing/story.ts";

/** An opening that sends the payer to a page of the gateway's, for half an hour. */
function onThePage(capabilities = flexible): Story {
  const story = new Story(capabilities);
  story.open(400_00);
  return story.answers({
    is: "waiting",
    on: "payer",
    until: NOON + 30 * MINUTE,
    action: "https://pay.example/p1",
    references: { hold: { payment: "p-1" } },
  });
}

/** Looked at meanwhile, in vain; the last look is at the end of the wait. */
function neverBack(story: Story): Story {
  while (story.sleeps().now < NOON + 30 * MINUTE) story.finds(absent);
  expect(story.job.do).toBe("look");
  return story;
}

describe("a payer who is sent to a page", () => {
  it("is waited for without anything being asked, and the payment has its name already", () => {
    const story = onThePage();
    expect(lifecycle(story.state)).toBe("waiting");
    expect(story.state.references).toEqual({ payment: "p-1" });
    expect(story.job).toMatchObject({ do: "wait", until: NOON + 15 * SECOND });
  });

  it("has paid when a look shows it, whether or not anybody has told us", () => {
    const story = onThePage();
    const looks: number[] = [];
    for (const finding of [absent, absent, found(400_00)]) {
      story.sleeps();
      looks.push((story.now - NOON) / SECOND);
      story.finds(finding);
    }
    expect(looks).toEqual([15, 75, 375]);
    expect(story.sums.held).toBe(400_00);
  });

  it("has paid when a hint makes somebody look and it is found", () => {
    const story = onThePage().passes(MINUTE).hint();
    expect(story.job.do).toBe("look");
    story.finds(found(400_00));
    expect(lifecycle(story.state)).toBe("open");
    expect(story.sums.held).toBe(400_00);
  });

  it("has not paid yet when nothing is found, and is waited for on", () => {
    const story = onThePage().passes(MINUTE).hint().finds(absent);
    expect(lifecycle(story.state)).toBe("waiting");
    expect(story.job.do).toBe("wait");
  });

  it("and gave it up there is not waited for any longer, where the gateway says so", () => {
    const story = onThePage({ ...flexible, recovery: { ...flexible.recovery, undo: null } })
      .passes(MINUTE)
      .hint();
    expect(lifecycle(story.finds({ is: "absent", givenUp: true }).state)).toBe("failed");
    expect(story.entry("base").cause).toEqual({ is: "abandoned" });
  });

  it("and never came back is looked for once more before the hold is given up", () => {
    const story = neverBack(onThePage());
    expect(story.now).toBe(NOON + 30 * MINUTE);
    story.finds(found(400_00));
    expect(story.sums.held).toBe(400_00);
  });

  it("and did not pay at all leaves nothing behind", () => {
    const withoutUndo = { ...flexible, recovery: { ...flexible.recovery, undo: null } };
    const story = neverBack(onThePage(withoutUndo)).finds(absent);
    expect(lifecycle(story.state)).toBe("failed");
    expect(story.entry("base").cause).toEqual({ is: "abandoned" });
  });

  it("is in doubt where the look-up can't say, and is looked for on: nobody is asked again", () => {
    const story = neverBack(onThePage()).finds({ is: "unknown", cause: "unavailable" });
    expect(story.operation).toMatchObject({ waiting: null, doubtSince: story.now });
    do story.sleeps();
    while (story.job.do === "wait");
    expect(story.job.do).toBe("look");
    story.finds(found(400_00));
    expect(story.sums.held).toBe(400_00);
  });

  it("is in doubt as well where the last look's answer never comes", () => {
    const story = neverBack(onThePage()).passes(MINUTE);
    expect(story.operation).toMatchObject({ waiting: null, doubtSince: story.now });
  });

  it("is a person's business in the end: they are told, and can end it", () => {
    const story = neverBack(onThePage());
    const over = story.now;
    while (story.now < over + 16 * MINUTE) {
      if (story.job.do === "look") story.finds({ is: "unknown", cause: "unavailable" });
      story.sleeps();
    }
    expect(story.operation.alertedAt).toBe(over + 15 * MINUTE);
    story.does(story.resolve("base", "not_applied"));
    expect(story.entry("base").state).toBe("failed");
  });

  it("is looked for once when the time is over, whoever else wakes the hold meanwhile", () => {
    const story = neverBack(onThePage());
    const before = story.state.version;
    story.passes(1).passes(1);
    expect(story.state.version).toBe(before);
    story.finds(found(400_00));
    expect(story.sums.held).toBe(400_00);
  });

  it("is given up by the clock where nothing can be looked up", () => {
    const story = onThePage(blind).sleeps();
    expect(story.entry("base")).toMatchObject({ state: "failed", cause: { is: "abandoned" } });
  });
});

describe("a verdict that comes by a notice", () => {
  const waiting = () => {
    const story = new Story(byNotice).opened(400_00);
    story.does(story.increment("dinner", 50_00));
    return story.answers({ is: "waiting", on: "notice", until: story.now + 10 * MINUTE });
  };

  it("settles the step, and a second one of the same changes nothing", () => {
    const story = waiting().hears(approved(50_00));
    expect(story.sums.held).toBe(450_00);
    story.hears(approved(50_00), "dinner");
    expect(story.sums.held).toBe(450_00);
    expect(story.state.contradicted).toBeNull();
  });

  it("that says no is a decline, and leaves the hold", () => {
    const story = waiting().hears(declined);
    expect(story.entry("dinner").state).toBe("declined");
    expect(story.sums.held).toBe(400_00);
  });

  it("may be there before the answer that says to wait for it", () => {
    const story = new Story(byNotice).opened(400_00);
    story.does(story.increment("dinner", 50_00));
    story.hears(approved(50_00));
    expect(story.sums.held).toBe(450_00);
    story.answers({ is: "waiting", on: "notice", until: story.now + 10 * MINUTE }, { entry: "dinner" });
    expect(story.entry("dinner").state).toBe("applied");
    expect(story.sums.held).toBe(450_00);
  });

  it("that decides nothing changes nothing, also while the payer is waited for", () => {
    for (const story of [waiting(), onThePage()]) {
      const before = story.state.version;
      story.hears(unknown);
      expect(story.state.version).toBe(before);
    }
  });

  it("settles a doubt", () => {
    const story = new Story(byNotice).opened(400_00);
    story.does(story.increment("dinner", 50_00));
    story.answers(unknown).hears(approved(50_00));
    expect(story.sums.held).toBe(450_00);
  });

  it("that says another thing than the first contradicts, and blocks", () => {
    const story = waiting().hears(approved(50_00)).hears(declined, "dinner");
    expect(story.state.contradicted?.found.authorized).toBe(400_00);
    expect(story.refusal(story.increment("more", 1_00))).toBe("contradicted");
  });

  it("that comes after a person has said it was not applied contradicts, and blocks", () => {
    const story = waiting().passes(10 * MINUTE);
    story.does(story.resolve("dinner", "not_applied"));
    story.passes(MINUTE).hears(approved(50_00), "dinner");
    expect(story.state.contradicted?.found.authorized).toBe(450_00);
    expect(story.sums.held).toBe(400_00);
    expect(story.entry("dinner")).toMatchObject({ state: "failed", cause: { is: "resolved" } });
    expect(story.refusal(story.increment("more", 1_00))).toBe("contradicted");
    expect(story.refusal(story.capture("bill", 400_00))).toBe("contradicted");
    expect(story.refusal(story.reverse("cancelled"))).toBe("contradicted");
  });

  it("that a charge has failed days after the hold has ended contradicts, and a correction reopens the hold", () => {
    const story = new Story(byNotice).opened(400_00);
    story.does(story.capture("bill", 300_00));
    story.answers({ is: "waiting", on: "notice", until: story.now + 10 * MINUTE }).hears(approved(300_00));
    expect(story.sums).toMatchObject({ captured: 300_00, released: 100_00, held: 0 });
    story.passes(3 * 24 * 60 * MINUTE).hears(declined, "bill");
    expect(story.state.contradicted?.found.captured).toBe(0);
    expect(lifecycle(story.state)).toBe("captured");
    expect(story.sums).toMatchObject({ captured: 300_00, held: 0 });
    story.does(story.correct("bounced", "bill", -300_00));
    expect(story.state).toMatchObject({ contradicted: null, endedAt: null });
    expect(lifecycle(story.state)).toBe("open");
    expect(story.sums).toEqual({ authorized: 400_00, captured: 0, released: 0, lapsed: 0, held: 400_00 });
    expect(story.refusal(story.capture("again", 300_00))).toBeNull();
  });

  it("that the payment has expired lets go of what is held, once", () => {
    const story = waiting().hears(approved(50_00)).learns({ from: "expiry" });
    expect(lifecycle(story.state)).toBe("expired");
    expect(story.sums).toMatchObject({ held: 0, lapsed: 450_00 });
    story.learns({ from: "expiry" });
    expect(story.sums).toMatchObject({ held: 0, lapsed: 450_00 });
  });

  it.each([
    ["captured", approved(300_00), { captured: 300_00, held: 0, lapsed: 100_00 }],
    ["expired", declined, { captured: 0, held: 0, lapsed: 400_00 }],
  ] as const)(
    "that it has expired while a capture is on its way: what was charged is not known, then %s",
    (...told) => {
      const [ends, outcome, sums] = told;
      for (const silent of [false, true]) {
        const story = new Story().opened(400_00);
        story.does(story.capture("bill", 300_00));
        story.learns({ from: "expiry" });
        if (silent) story.staysSilent();
        expect(lifecycle(story.state)).toBe("capturing");
        expect(story.refusal(story.reverse("r"))).toBe("already_capturing");
        story.answers(outcome, { entry: "bill", attempt: 1 });
        expect(lifecycle(story.state)).toBe(ends);
        expect(story.sums).toMatchObject(sums);
      }
    },
  );

  it("that it has expired after a capture changes nothing that was captured", () => {
    const story = waiting().hears(approved(50_00));
    story.does(story.capture("all", 450_00));
    story.answers(approved(450_00)).learns({ from: "expiry" });
    expect(story.sums).toMatchObject({ captured: 450_00, held: 0, lapsed: 0 });
  });
});
