import { randomUUID } from "node:crypto";
import { sandboxControl, startSandbox, type Sandbox, type SandboxControl } from "@plimsoll/sandbox";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createWireClient, type WireClient } from "../wire-client.ts";
import { createCyberSource } from "./adapter.ts";
import { CarriedHold } from "./testing/hold.ts";
import { account } from "./testing/order.ts";

/** The adapter against the imitated gateway over real HTTP: signatures, books and all. The gateway's books are the judge. */
let sandbox: Sandbox;
let control: SandboxControl;
let wire: WireClient;

beforeAll(async () => {
  sandbox = await startSandbox();
  control = sandboxControl(sandbox.control.url);
  wire = createWireClient();
});
afterAll(async () => {
  await wire.close();
  await sandbox.close();
});
beforeEach(() => control.reset());

type Scenario = "flexible" | "lodging" | "default";

function holdAt(scenario: Scenario, more: object = {}, currency = "USD"): CarriedHold {
  const settings = account(scenario, { merchantId: "plimsoll_test", host: sandbox.cybersource.url, ...more });
  const gateway = createCyberSource(settings, { send: wire.send, now: Date.now, randomUUID });
  return new CarriedHold(gateway, { run: randomUUID().slice(0, 8), currency });
}

async function opened(scenario: Scenario, amount: number, more: object = {}, currency = "USD"): Promise<CarriedHold> {
  const hold = holdAt(scenario, more, currency);
  const { token } = await visa();
  expect(await hold.ask(hold.next("authorize", amount), { token })).toMatchObject({ is: "approved", applied: amount });
  return hold;
}

async function visa(card = "visa"): Promise<{ token: string }> {
  const issued = await control.token(card);
  return { token: issued.token };
}

/** The search has its documented lag: the gateways' clock is moved past it. */
async function pastTheLag(): Promise<void> {
  await control.clock.advance(21_000);
}

async function books(hold: CarriedHold) {
  const { sums, state } = await control.payment(hold.references["payment"] ?? "");
  return { ...sums, state };
}

const dialects: [name: string, scenario: Scenario, settings: object, reading: "delta" | "total"][] = [
  ["flexible", "flexible", {}, "delta"],
  ["lodging", "lodging", { cardPresent: true }, "delta"],
  ["default, added", "default", { totalAmountMeans: "delta" }, "delta"],
  ["default, the new sum", "default", { totalAmountMeans: "total" }, "total"],
];

describe.each(["jwt", "http_signature"] as const)("a stay at the hotel, signed by %s", (auth) => {
  it.each(dialects)("%s: 400 + 50 + 200 + 50, captured at 700", async (_, scenario, settings, reading) => {
    await control.setReading("defaultTotal", reading);
    const hold = await opened(scenario, 40_000, { auth, ...settings });
    const dinner = hold.next("increment", 5_000);
    expect(await hold.ask(dinner)).toMatchObject({ is: "approved" });
    expect(await hold.ask(hold.next("increment", 20_000))).toMatchObject({ is: "approved" });
    expect(await hold.ask(hold.next("increment", 5_000))).toMatchObject({ is: "approved" });
    expect(await books(hold)).toMatchObject({ authorized: 70_000, held: 70_000, captured: 0 });
    await pastTheLag();
    expect(await hold.find(dinner)).toMatchObject({ is: "applied" });
    expect(await hold.read()).toMatchObject({ authorized: 70_000, captured: 0, state: "open" });
    const checkout = hold.next("capture", 70_000, { final: true });
    expect(await hold.ask(checkout)).toMatchObject({ is: "approved", grade: "own_amount", applied: 70_000 });
    expect(await books(hold)).toMatchObject({ authorized: 70_000, held: 0, captured: 70_000, state: "captured" });
    await pastTheLag();
    expect(await hold.find(checkout)).toMatchObject({ is: "applied", applied: 70_000 });
    expect(await hold.read()).toMatchObject({ authorized: 70_000, captured: 70_000, state: "captured" });
  });
});

describe("every reading of an increment's id", () => {
  it.each(["as-shown", "new", "original", "new-with-own-links"] as const)("%s", async (reading) => {
    await control.setReading("incrementId", reading);
    for (const scenario of ["flexible", "lodging", "default"] as const) {
      const hold = await opened(scenario, 10_000);
      const raised = hold.next("increment", 2_500);
      expect(await hold.ask(raised)).toMatchObject({ is: "approved" });
      await pastTheLag();
      expect(await hold.find(raised)).toMatchObject({ is: "applied" });
      expect(await hold.read()).toMatchObject({ authorized: 12_500 });
      expect(await hold.ask(hold.next("capture", 12_500, { final: true }))).toMatchObject({ is: "approved" });
      expect(await books(hold)).toMatchObject({ captured: 12_500, held: 0 });
    }
  });

  it.each(["running", "own"] as const)("totals in records are %s: the books read the same", async (reading) => {
    await control.setReading("readTotals", reading);
    const hold = await opened("flexible", 10_000);
    await hold.ask(hold.next("increment", 2_500));
    await pastTheLag();
    expect(await hold.read()).toMatchObject({ authorized: 12_500, captured: 0 });
  });
});

describe("a wrong reading of totalAmount", () => {
  it("a sum sent where a step is meant comes back as an echo, and the books tell", async () => {
    await control.setReading("defaultTotal", "delta");
    const hold = await opened("default", 10_000, { totalAmountMeans: "total" });
    expect(await hold.ask(hold.next("increment", 500))).toMatchObject({ is: "approved", grade: "echo" });
    await pastTheLag();
    expect(await hold.read()).toMatchObject({ authorized: 20_500 });
  });
});

describe("letting go", () => {
  it("of less than the hold at capture frees the rest by itself", async () => {
    const hold = await opened("flexible", 10_000);
    expect(await hold.ask(hold.next("capture", 6_000, { final: true }))).toMatchObject({
      is: "approved",
      applied: 6_000,
    });
    expect(await books(hold)).toMatchObject({ captured: 6_000, released: 4_000, held: 0 });
  });

  it("of everything states the increments too", async () => {
    const hold = await opened("lodging", 10_000);
    await hold.ask(hold.next("increment", 5_000));
    expect(await hold.ask(hold.next("reverse", 15_000, { final: true }))).toMatchObject({
      is: "approved",
      applied: 15_000,
    });
    expect(await books(hold)).toMatchObject({ released: 15_000, held: 0, state: "reversed" });
    await pastTheLag();
    expect(await hold.read()).toMatchObject({ authorized: 15_000, captured: 0, state: "reversed" });
  });

  it("is certain to be refused once it is done", async () => {
    const hold = await opened("flexible", 10_000);
    await hold.ask(hold.next("reverse", 10_000, { final: true }));
    expect(await hold.ask(hold.next("reverse", 10_000, { final: true }))).toMatchObject({
      is: "rejected",
      cause: "AUTH_ALREADY_REVERSED",
    });
  });
});

describe("captures in parts", () => {
  it("leave the hold open until the last", async () => {
    const hold = await opened("default", 10_000);
    await hold.ask(hold.next("capture", 3_000));
    expect(await books(hold)).toMatchObject({ captured: 3_000, state: "open" });
    await hold.ask(hold.next("capture", 7_000, { captures: 1, final: true }));
    expect(await books(hold)).toMatchObject({ captured: 10_000, held: 0, state: "captured" });
  });
});

describe("what an issuer or the gateway says no to", () => {
  it("a decline leaves the hold and says so by the network's code", async () => {
    const hold = await opened("flexible", 10_000);
    const asked = hold.next("increment", 1_051);
    expect(await hold.ask(asked)).toMatchObject({ is: "declined", code: "INSUFFICIENT_FUND", networkCode: "51" });
    expect(await books(hold)).toMatchObject({ authorized: 10_000, held: 10_000 });
    await pastTheLag();
    expect(await hold.find(asked)).toMatchObject({ is: "declined", code: "INSUFFICIENT_FUND" });
    expect(await hold.read()).toMatchObject({ authorized: 10_000 });
  });

  it("a review holds the money and blocks the capture", async () => {
    const hold = await opened("flexible", 10_000);
    expect(await hold.ask(hold.next("increment", 1_072))).toMatchObject({
      is: "waiting",
      on: "review",
      approval: { applied: 1_072 },
    });
    expect(await books(hold)).toMatchObject({ authorized: 11_072 });
    await pastTheLag();
    expect(await hold.read()).toMatchObject({ authorized: 11_072, state: "reviewed" });
  });

  it("a card that takes no increments is turned away", async () => {
    const hold = holdAt("flexible");
    await hold.ask(hold.next("authorize", 10_000), await visa("jcb"));
    expect(await hold.ask(hold.next("increment", 100))).toEqual({
      is: "rejected",
      cause: "CARD_TYPE_NOT_ACCEPTED",
      again: "never",
    });
  });

  it("wrong credentials are certain, and say nothing of the secret", async () => {
    for (const auth of ["jwt", "http_signature"]) {
      const secret = Buffer.from("a secret that is not the account's").toString("base64");
      const hold = holdAt("flexible", { auth, secret });
      const outcome = await hold.ask(hold.next("authorize", 100), await visa());
      expect(outcome).toEqual({ is: "rejected", cause: "credentials_refused", again: "later" });
    }
  });

  it("the hundred and first increment is turned away", async () => {
    const hold = await opened("flexible", 10_000);
    for (let step = 0; step < 100; step += 1) await hold.ask(hold.next("increment", 100));
    expect(await hold.ask(hold.next("increment", 100))).toMatchObject({ is: "rejected" });
    expect(await books(hold)).toMatchObject({ authorized: 20_000 });
    await pastTheLag();
    expect(await hold.read()).toMatchObject({ authorized: 20_000 });
  });
});

describe("an answer that never comes, or comes broken", () => {
  const broken = [
    ["dropped before it was applied", { do: "drop", when: "before" }, 10_000],
    ["dropped after it was applied", { do: "drop", when: "after" }, 12_500],
    ["reset in the middle", { do: "reset" }, 12_500],
    ["half a body", { do: "half" }, 12_500],
    ["garbled", { do: "garble" }, 12_500],
    ["a page of HTML before", { do: "html", when: "before" }, 10_000],
    ["a page of HTML after", { do: "html", when: "after" }, 12_500],
    ...[400, 401, 403, 404, 429].flatMap(
      (status) =>
        [
          [`a page of HTML with status ${status} before`, { do: "html", when: "before", status }, 10_000],
          [`a page of HTML with status ${status} after`, { do: "html", when: "after", status }, 12_500],
        ] as const,
    ),
    ["a 502 before", { do: "server-error", when: "before" }, 10_000],
    ["a 502 after", { do: "server-error", when: "after" }, 12_500],
  ] as const;

  it.each(broken)("%s: not known, and the look-up tells what the books say", async (_, fault, authorized) => {
    const hold = await opened("flexible", 10_000);
    await control.script({ ...fault, match: { operation: "increment" } });
    const asked = hold.next("increment", 2_500);
    expect((await hold.ask(asked)).is).toBe("unknown");
    expect((await books(hold)).authorized).toBe(authorized);
    await pastTheLag();
    expect((await hold.find(asked)).is).toBe(authorized === 12_500 ? "applied" : "absent");
  });

  it("a deadline that passes is not known; nothing is sent twice", async () => {
    const hold = await opened("flexible", 10_000);
    const fault = await control.script({ do: "delay", when: "after", match: { operation: "increment" } });
    const deadline = new AbortController();
    const asking = hold.ask(hold.next("increment", 2_500), { signal: deadline.signal });
    await control.reached(fault.id);
    deadline.abort();
    expect(await asking).toEqual({ is: "unknown", cause: "timed_out" });
    expect((await control.journal()).filter(({ operation }) => operation === "increment")).toHaveLength(1);
  });

  it("an authorization is undone by its own reference after a minute, and not before", async () => {
    const hold = holdAt("lodging");
    await control.script({ do: "drop", when: "after", match: { operation: "authorize" } });
    const asked = hold.next("authorize", 40_000);
    expect((await hold.ask(asked, await visa())).is).toBe("unknown");
    const undo = () => hold.gateway.undo?.(asked, AbortSignal.timeout(20_000));
    expect((await undo())?.is).toBe("unknown");
    await control.clock.advance(61_000);
    expect(await hold.find(asked)).toMatchObject({ is: "applied", applied: 40_000 });
    expect(await undo()).toMatchObject({ is: "approved", applied: 40_000 });
    expect((await control.payment(asked.reference)).sums).toMatchObject({ held: 0, released: 40_000 });
    expect(await undo()).toMatchObject({ is: "rejected", again: "never" });
  });

  it("an authorization that never arrived has nothing to undo", async () => {
    const hold = holdAt("lodging");
    await control.script({ do: "drop", when: "before", match: { operation: "authorize" } });
    const asked = hold.next("authorize", 40_000);
    expect((await hold.ask(asked, await visa())).is).toBe("unknown");
    await control.clock.advance(61_000);
    expect(await hold.find(asked)).toEqual({ is: "absent" });
    expect(await hold.gateway.undo?.(asked, AbortSignal.timeout(20_000))).toMatchObject({
      is: "rejected",
      cause: "MISSING_AUTH",
    });
  });
});

describe("an account whose increments take no reference", () => {
  it("is told by the sums", async () => {
    await control.setReading("patchReference", "refused");
    const sending = await opened("flexible", 10_000);
    expect(await sending.ask(sending.next("increment", 100))).toMatchObject({ is: "rejected", cause: "INVALID_DATA" });
    const hold = await opened("flexible", 10_000, { clientReferenceInPatch: "omit" });
    await control.script({ do: "drop", when: "after", match: { operation: "increment" } });
    const asked = hold.next("increment", 2_500);
    expect((await hold.ask(asked)).is).toBe("unknown");
    await pastTheLag();
    expect(await hold.find(asked)).toMatchObject({ is: "applied", grade: "total", total: 12_500 });
  });
});

describe("other money", () => {
  it.each([
    ["JPY", 40_000, 5_000],
    ["KWD", 12_340, 1_230],
    ["HUF", 40_000, 5_000],
  ])("%s keeps its own decimals from end to end", async (currency, amount, step) => {
    const hold = await opened("flexible", amount, {}, currency);
    expect(await hold.ask(hold.next("increment", step))).toMatchObject({ is: "approved", total: amount + step });
    await hold.ask(hold.next("capture", amount + step, { final: true }));
    expect(await books(hold)).toMatchObject({ captured: amount + step, held: 0 });
  });
});
