import { randomBytes, randomUUID } from "node:crypto";
import { sandboxControl, startSandbox, type Sandbox, type SandboxControl } from "@plimsoll/sandbox";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { systemClock } from "../../clock.ts";
import { createWireClient, type WireClient } from "../wire-client.ts";
import { createMoneris } from "./adapter.ts";
import { CarriedHold } from "./testing/hold.ts";
import { account } from "./testing/order.ts";

/** The adapter against the imitated gateway over real HTTP: tokens, keys, books and all. The gateway's books are the judge. */
let sandbox: Sandbox;
let control: SandboxControl;
let wire: WireClient;

beforeAll(async () => {
  sandbox = await startSandbox();
  control = sandboxControl(sandbox.control.url, "moneris");
  wire = createWireClient();
});
afterAll(async () => {
  await wire.close();
  await sandbox.close();
});
beforeEach(() => control.reset());

const CLIENT = { clientId: "plimsoll-test", clientSecret: "c2FuZGJveC1jbGllbnQtc2VjcmV0" };

function holdAt(more: object = {}, currency = "CAD"): CarriedHold {
  const settings = account({ ...CLIENT, host: sandbox.moneris.url, ...more });
  const gateway = createMoneris(settings, { send: wire.send, ...systemClock, randomUUID });
  return new CarriedHold(gateway, { random: () => randomBytes(16), key: randomUUID, now: Date.now }, currency);
}

async function opened(amount: number, more: object = {}, card = "mastercard", currency = "CAD"): Promise<CarriedHold> {
  const hold = holdAt(more, currency);
  const { token } = await control.token(card);
  expect(await hold.ask(hold.next("authorize", amount), { token })).toMatchObject({ is: "approved", total: amount });
  return hold;
}

async function books(hold: CarriedHold) {
  const { sums, state } = await control.payment(hold.references["payment"] ?? "");
  return { ...sums, state };
}

const forms: readonly (readonly [name: string, settings: object, reading: string])[] = [
  ["as the OpenAPI has it", {}, "boolean"],
  ["as the guide's text has it", { apiVersion: "2026-01-22-preview" }, "object-incremental"],
  ["as the guide's sample has it", { incrementFlag: "incrementAuthorizationIndicator" }, "object-increment"],
];

describe("the guide's story", () => {
  it.each(forms)("%s: 10.00, 10.00 more, completed at 20.00", async (_, settings, reading) => {
    await control.setReading("flagForm", reading);
    const hold = await opened(1_000, settings);
    const raised = hold.next("increment", 1_000);
    expect(await hold.ask(raised)).toMatchObject({ is: "approved", grade: "total", total: 2_000 });
    expect(await books(hold)).toMatchObject({ authorized: 2_000, held: 2_000, captured: 0 });
    expect(await hold.find(raised)).toMatchObject({ is: "applied", total: 2_000 });
    expect(await hold.read()).toMatchObject({ authorized: 2_000, captured: 0, state: "open" });
    const complete = hold.next("capture", 2_000, { final: true });
    expect(await hold.ask(complete)).toMatchObject({ is: "approved", total: 2_000 });
    expect(await books(hold)).toMatchObject({ held: 0, captured: 2_000, state: "captured" });
    expect(await hold.find(complete)).toMatchObject({ is: "applied", total: 2_000 });
    expect(await hold.read()).toMatchObject({ authorized: 2_000, captured: 2_000, state: "captured" });
  });

  it("a flag in a form that the gateway doesn't know is refused, not taken for a hold that grows", async () => {
    await control.setReading("flagForm", "object-increment");
    const hold = holdAt();
    const { token } = await control.token("visa");
    expect(await hold.ask(hold.next("authorize", 1_000), { token })).toMatchObject({ is: "rejected", again: "never" });
  });
});

describe("letting go", () => {
  it("of less than the hold at completion frees the rest by itself", async () => {
    const hold = await opened(10_000);
    await hold.ask(hold.next("capture", 6_000, { final: true }));
    expect(await books(hold)).toMatchObject({ captured: 6_000, released: 4_000, held: 0 });
  });

  it("of everything is one cancel, increments and all", async () => {
    const hold = await opened(10_000);
    await hold.ask(hold.next("increment", 5_000));
    const cancel = hold.next("reverse", 15_000, { final: true });
    expect(await hold.ask(cancel)).toMatchObject({ is: "approved", grade: "none" });
    expect(await books(hold)).toMatchObject({ released: 15_000, held: 0, state: "reversed" });
    expect(await hold.find(cancel)).toMatchObject({ is: "applied" });
    expect(await hold.read()).toMatchObject({ captured: 0, state: "reversed" });
    expect(await hold.ask(hold.next("reverse", 15_000, { final: true }))).toMatchObject({
      is: "rejected",
      again: "never",
    });
  });
});

describe("completions in parts", () => {
  it.each(["PARTIALLY_COMPLETED", "SUCCEEDED"])(
    "leave the hold open until the last, under the name %s",
    async (status) => {
      await control.setReading("statusAfterPartial", status);
      const hold = await opened(10_000);
      const first = hold.next("capture", 3_000);
      expect(await hold.ask(first)).toMatchObject({ is: "approved", grade: "total", total: 3_000 });
      expect(await hold.find(first)).toMatchObject({ is: "applied", total: 3_000 });
      expect(await hold.read()).toMatchObject({ captured: 3_000, state: "open" });
      expect(await hold.ask(hold.next("capture", 7_000, { final: true }))).toMatchObject({
        is: "approved",
        total: 10_000,
      });
      expect(await books(hold)).toMatchObject({ captured: 10_000, held: 0, state: "captured" });
    },
  );

  it.each(["PARTIALLY_COMPLETED", "SUCCEEDED"])(
    "the rest is let go and the completion stays, under the name %s",
    async (status) => {
      await control.setReading("statusAfterPartial", status);
      const hold = await opened(10_000);
      await hold.ask(hold.next("capture", 3_000));
      const rest = hold.next("reverse", 7_000, { final: true });
      expect(await hold.ask(rest)).toMatchObject({ is: "approved" });
      expect(await books(hold)).toMatchObject({ captured: 3_000, released: 7_000, held: 0 });
      expect(await hold.find(rest)).toMatchObject({ is: "applied" });
      expect(await hold.read()).toMatchObject({ authorized: 10_000, captured: 3_000, state: "captured" });
    },
  );

  it("or by a cancel, where the account was found to take it so", async () => {
    await control.setReading("cancelAfterCompletion", "releases-rest");
    const hold = await opened(10_000, { restAfterCompletions: "cancel" });
    await hold.ask(hold.next("capture", 3_000));
    expect(await hold.ask(hold.next("reverse", 7_000, { final: true }))).toMatchObject({ is: "approved" });
    expect(await books(hold)).toMatchObject({ captured: 3_000, released: 7_000, held: 0 });
    expect(await hold.read()).toMatchObject({ captured: 3_000, state: "reversed" });
  });
});

describe("an extension", () => {
  it("on Mastercard moves no money, and can be looked up", async () => {
    const hold = await opened(10_000);
    await hold.ask(hold.next("increment", 2_500));
    const extend = hold.next("extend", 0);
    expect(await hold.ask(extend)).toMatchObject({ is: "approved", grade: "total", total: 12_500 });
    expect(await books(hold)).toMatchObject({ authorized: 12_500, held: 12_500 });
    expect(hold.references["listed"]).toBe("2");
  });

  it.each([
    ["before", "absent"],
    ["after", "applied"],
  ] as const)("whose answer is lost %s it was applied is %s", async (when, found) => {
    const hold = await opened(10_000);
    await hold.ask(hold.next("increment", 2_500));
    await control.script({ gateway: "moneris", do: "drop", when, match: { operation: "increment" } });
    const extend = hold.next("extend", 0);
    expect((await hold.ask(extend)).is).toBe("unknown");
    expect((await hold.find(extend)).is).toBe(found);
  });

  it("on another card is refused by the gateway too", async () => {
    const hold = await opened(10_000, {}, "visa");
    expect(await hold.ask(hold.next("extend", 0))).toMatchObject({ is: "rejected", again: "never" });
  });
});

describe("what an issuer says no to", () => {
  it.each([
    ["http-422", 2_505, "DECLINED"],
    ["http-400", 2_551, "INSUFFICIENT_FUNDS"],
    ["http-422", 2_554, "EXPIRED_CARD"],
  ])("as %s: %i is declined and leaves the hold", async (status, step, code) => {
    await control.setReading("declinedIncrementStatus", status);
    const hold = await opened(10_000);
    const asked = hold.next("increment", step);
    expect(await hold.ask(asked)).toMatchObject({ is: "declined", code });
    expect(await books(hold)).toMatchObject({ authorized: 10_000, held: 10_000 });
    expect(await hold.find(asked)).toEqual({ is: "absent" });
    expect(await hold.read()).toMatchObject({ authorized: 10_000, state: "open" });
  });
});

describe("the same key again", () => {
  it("on our own second attempt says that the first was received, and the books say what came of it", async () => {
    const hold = await opened(10_000);
    await control.script({ gateway: "moneris", do: "drop", when: "after", match: { operation: "increment" } });
    const asked = hold.next("increment", 2_500);
    expect((await hold.ask(asked)).is).toBe("unknown");
    expect(await hold.ask(asked, { number: 2 })).toEqual({ is: "received", cause: "key_conflict" });
    expect(await hold.find(asked)).toMatchObject({ is: "applied", total: 12_500 });
    expect(await books(hold)).toMatchObject({ authorized: 12_500 });
  });

  it("applies what never arrived, once", async () => {
    const hold = await opened(10_000);
    await control.script({ gateway: "moneris", do: "drop", when: "before", match: { operation: "increment" } });
    const asked = hold.next("increment", 2_500);
    expect((await hold.ask(asked)).is).toBe("unknown");
    expect(await hold.ask(asked, { number: 2 })).toMatchObject({ is: "approved", total: 12_500 });
    expect(await books(hold)).toMatchObject({ authorized: 12_500 });
  });

  it("on a first attempt is a fault of ours", async () => {
    const hold = await opened(10_000);
    const asked = hold.next("increment", 2_500);
    await hold.ask(asked);
    const again = hold.next("increment", 1_000, { key: asked.key });
    expect(await hold.ask(again)).toEqual({ is: "rejected", cause: "key_conflict", again: "never" });
    expect(await books(hold)).toMatchObject({ authorized: 12_500 });
  });

  it("of a creation that was lost is received, and the payment is found among the others", async () => {
    for (const amount of [100, 200, 300]) await opened(amount);
    const hold = holdAt();
    await control.script({ gateway: "moneris", do: "drop", when: "after", match: { operation: "authorize" } });
    const asked = hold.next("authorize", 40_000);
    const { token } = await control.token("visa");
    expect((await hold.ask(asked, { token })).is).toBe("unknown");
    expect(await hold.ask(asked, { token, number: 2 })).toMatchObject({ is: "received" });
    const finding = await hold.find(asked);
    expect(finding).toMatchObject({ is: "applied", total: 40_000 });
    const payment = finding.is === "applied" ? finding.references.hold?.["payment"] : undefined;
    expect((await control.payment(payment ?? "")).sums).toMatchObject({ authorized: 40_000, held: 40_000 });
    expect(await holdAt().find(hold.next("authorize", 1))).toEqual({ is: "unknown", cause: "not_listed" });
  });

  it("of an order that is known in spite of another key is received as well", async () => {
    const hold = holdAt();
    const asked = hold.next("authorize", 40_000);
    await hold.ask(asked, await control.token("visa"));
    const again = { ...asked, key: randomUUID() };
    expect(await hold.ask(again, { ...(await control.token("visa")), number: 2 })).toMatchObject({ is: "received" });
  });
});

describe("credentials", () => {
  it("that are wrong are certain, and say nothing of the secret", async () => {
    const clientSecret = "a-secret-that-is-not-the-client's";
    const hold = holdAt({ clientSecret });
    const outcome = await hold.ask(hold.next("authorize", 100), await control.token("visa"));
    expect(outcome).toEqual({ is: "rejected", cause: "not_sent: token: credentials_refused", again: "later" });
  });

  it("whose token has ended before its time are renewed within the attempt", async () => {
    const hold = await opened(10_000);
    await fetch(`${sandbox.control.url}/moneris/access-tokens`, { method: "DELETE" });
    expect(await hold.ask(hold.next("increment", 2_500))).toMatchObject({ is: "approved", total: 12_500 });
  });

  it("of another merchant let nobody in", async () => {
    const hold = holdAt({ merchantId: "9999999999999" });
    expect((await hold.ask(hold.next("authorize", 100), await control.token("visa"))).is).toBe("rejected");
  });
});

describe("an answer that never comes, or comes broken", () => {
  it.each([
    ["half a body", { do: "half" }, 12_500],
    ["garbled", { do: "garble" }, 12_500],
    ["reset in the middle", { do: "reset" }, 12_500],
    ...[200, 400, 401, 403, 404, 409, 422, 429].flatMap(
      (status) =>
        [
          [`a page of HTML with status ${status} before`, { do: "html", when: "before", status }, 10_000],
          [`a page of HTML with status ${status} after`, { do: "html", when: "after", status }, 12_500],
        ] as const,
    ),
    ["a 503 before", { do: "server-error", when: "before", status: 503 }, 10_000],
    ["a 500 after", { do: "server-error", when: "after", status: 500 }, 12_500],
  ] as const)("%s: not known, and the look-up tells what the books say", async (_, fault, authorized) => {
    const hold = await opened(10_000);
    await control.script({ ...fault, gateway: "moneris", match: { operation: "increment" } });
    const asked = hold.next("increment", 2_500);
    expect((await hold.ask(asked)).is).toBe("unknown");
    expect((await books(hold)).authorized).toBe(authorized);
    expect((await hold.find(asked)).is).toBe(authorized === 12_500 ? "applied" : "absent");
  });
});

describe("other money", () => {
  it.each([
    ["JPY", 40_000, 5_000],
    ["KWD", 12_340, 1_230],
    ["USD", 40_000, 5_000],
  ])("%s keeps its own minor units from end to end", async (currency, amount, step) => {
    const hold = await opened(amount, {}, "visa", currency);
    expect(await hold.ask(hold.next("increment", step))).toMatchObject({ is: "approved", total: amount + step });
    await hold.ask(hold.next("capture", amount + step, { final: true }));
    expect(await books(hold)).toMatchObject({ captured: amount + step, held: 0 });
  });
});
