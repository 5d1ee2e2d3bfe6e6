import { randomUUID } from "node:crypto";
import { sandboxControl, startSandbox, type Sandbox, type SandboxControl } from "@plimsoll/sandbox";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { systemClock } from "../../clock.ts";
import { createWireClient, type WireClient } from "../wire-client.ts";
import { createComputop } from "./adapter.ts";
import { CarriedHold } from "./testing/hold.ts";
import { account, NOTICES, page } from "./testing/order.ts";

/** The adapter against the imitated gateway over real HTTP: credentials, books and all. The gateway's books are the judge. */
let sandbox: Sandbox;
let control: SandboxControl;
let wire: WireClient;
let host: string;

beforeAll(async () => {
  sandbox = await startSandbox();
  control = sandboxControl(sandbox.control.url, "computop");
  wire = createWireClient();
  host = sandbox.gateways["computop"]?.url ?? "";
});
afterAll(async () => {
  await wire.close();
  await sandbox.close();
});
beforeEach(() => control.reset());

function holdAt(more: object = {}, currency = "EUR"): CarriedHold {
  const settings = account({ host, preAuthorization: "yes", ...more });
  const gateway = createComputop(settings, { send: wire.send, ...systemClock, noticesUrl: NOTICES });
  return new CarriedHold(gateway, { run: randomUUID().slice(0, 8), currency });
}

async function opened(amount: number, more: object = {}, currency = "EUR"): Promise<CarriedHold> {
  const hold = holdAt(more, currency);
  const { token } = await control.token("visa");
  expect(await hold.ask(hold.next("authorize", amount), { token })).toMatchObject({ is: "approved", grade: "none" });
  return hold;
}

async function grown(amount: number, steps: readonly number[], more: object = {}): Promise<CarriedHold> {
  const hold = await opened(amount, more);
  for (const step of steps)
    expect(await hold.ask(hold.next("increment", step))).toMatchObject({ is: "approved", grade: "none" });
  return hold;
}

async function books(hold: CarriedHold) {
  const { sums, state } = await control.payment(hold.references["payment"] ?? "");
  return { ...sums, state };
}

describe.each(["basic", "oauth"] as const)("a stay at the hotel, by %s", (auth) => {
  it("400 + 50 + 200 + 50, captured at 700", async () => {
    const hold = await grown(40_000, [5_000, 20_000, 5_000], { auth });
    expect(await books(hold)).toMatchObject({ authorized: 70_000, held: 70_000, captured: 0 });
    expect(await hold.read()).toMatchObject({ authorized: 70_000, captured: 0, state: "open" });
    const checkout = hold.next("capture", 70_000, { final: true });
    expect(await hold.ask(checkout)).toMatchObject({ is: "approved" });
    expect(await books(hold)).toMatchObject({ captured: 70_000, held: 0, state: "captured" });
    expect(await hold.read()).toMatchObject({ authorized: 70_000, captured: 70_000, state: "captured" });
    expect(await hold.find(checkout)).toMatchObject({ is: "applied", total: 70_000 });
  });
});

describe.each([
  ["JPY", 5_000],
  ["EUR", 5_000],
  ["KWD", 5_000],
] as const)("in %s", (currency, step) => {
  it("minor units are the gateway's own", async () => {
    const hold = await opened(100_000, {}, currency);
    await hold.ask(hold.next("increment", step));
    expect(await books(hold)).toMatchObject({ authorized: 105_000, held: 105_000 });
    expect(await hold.read()).toMatchObject({ authorized: 105_000 });
  });
});

describe("letting go", () => {
  it.each([
    ["standing", "standing"],
    ["gross", "authorized"],
  ])("of three steps goes last first, and the books read the same all the way (%s)", async (reading, amountValue) => {
    await control.setReading("readTotal", reading);
    const hold = await grown(40_000, [5_000, 20_000], { amountValue });
    const held: number[] = [];
    while (hold.steps.length > 0) {
      expect(await hold.ask(hold.letGo())).toMatchObject({ is: "approved" });
      held.push((await books(hold)).held);
      expect(await hold.read()).toMatchObject({ authorized: 65_000, captured: 0 });
    }
    expect(held).toEqual([45_000, 40_000, 0]);
    expect(await books(hold)).toMatchObject({ state: "reversed", released: 65_000 });
  });

  it("of another amount than the last step's is rejected and moves nothing", async () => {
    const hold = await grown(40_000, [5_000]);
    expect(await hold.ask(hold.next("reverse", 45_000))).toMatchObject({ is: "rejected", again: "never" });
    expect(await books(hold)).toMatchObject({ held: 45_000 });
  });

  it("can stop half-way, and the rest be captured", async () => {
    const hold = await grown(40_000, [5_000, 20_000]);
    await hold.ask(hold.letGo());
    expect(await hold.ask(hold.next("capture", 45_000, { final: true }))).toMatchObject({ is: "approved" });
    expect(await books(hold)).toMatchObject({ captured: 45_000, released: 20_000, held: 0 });
    expect(await hold.read()).toMatchObject({ authorized: 65_000, captured: 45_000, state: "captured" });
  });
});

describe("the page", () => {
  const until = 1_800_000;

  async function sent(more: object = {}) {
    const hold = holdAt(more);
    const asked = hold.next("authorize", 10_000, { means: page });
    const outcome = await hold.ask(asked);
    expect(outcome).toMatchObject({ is: "waiting", on: "payer", until: asked.at + until });
    const action = outcome.is === "waiting" && outcome.on === "payer" ? (outcome.action ?? "") : "";
    return { hold, asked, action };
  }

  async function act(action: string, form: Record<string, string>) {
    const response = await fetch(action, { method: "POST", body: new URLSearchParams(form), redirect: "manual" });
    await response.arrayBuffer();
    return response.headers.get("location") ?? "";
  }

  it.each([
    ["pay-id", "_links", "pending", "session"],
    ["links-only", "_Links", "unknown", "session"],
    ["pay-id", "_links", "pending", "card_form"],
  ])("%s, %s, %s, %s: is not yet paid, then paid, then grows", async (answer, links, open, kind) => {
    await control.setReading("sessionAnswer", answer);
    await control.setReading("linksKey", links);
    await control.setReading("openSession", open);
    const { hold, asked, action } = await sent({ page: kind });
    expect(await hold.find(asked)).toEqual({ is: "unknown", cause: "not_paid_yet" });
    expect(await act(action, { card: "visa" })).toContain(page.back.done);
    expect(await hold.find(asked)).toMatchObject({ is: "applied", grade: "own_amount", applied: 10_000 });
    hold.book(asked);
    expect(await hold.ask(hold.next("increment", 2_500))).toMatchObject({ is: "approved" });
    expect(await books(hold)).toMatchObject({ held: 12_500 });
  });

  it("ends declined by the issuer's word, and absent where the payer cancelled", async () => {
    const declined = await sent();
    await act(declined.action, { card: "declined" });
    expect(await declined.hold.find(declined.asked)).toMatchObject({ is: "declined", code: "0305", networkCode: "05" });
    const cancelled = await sent();
    expect(await act(cancelled.action, { cancel: "1" })).toContain(page.back.cancelled);
    expect(await cancelled.hold.find(cancelled.asked)).toEqual({ is: "absent", givenUp: true });
  });

  it.each(["enhanced", "basic", "form"])("tells of its end by a %s notice, which is a reason to look", async (form) => {
    await control.notices.deliver("held");
    await control.setReading("webhookForm", form);
    const { hold, asked, action } = await sent();
    await act(action, { card: "visa" });
    const [notice] = await control.notices.list();
    const told = await hold.gateway.notices?.(new TextEncoder().encode(notice?.body), new Headers(notice?.headers));
    const payment = { about: { payment: hold.references["payment"] }, says: null };
    expect(told).toContainEqual(payment);
    if (form !== "basic") expect(told).toContainEqual({ about: { reference: asked.reference }, says: null });
    expect(notice?.url).toBe(NOTICES);
  });
});

describe("no", () => {
  it.each(["200", "400"])("of the issuer leaves the hold as it was (%s)", async (http) => {
    await control.setReading("declineHttp", http);
    const hold = await opened(10_000);
    const asked = hold.next("increment", 2_051);
    expect(await hold.ask(asked)).toMatchObject({ is: "declined", networkCode: "51", advice: "later" });
    expect(await books(hold)).toMatchObject({ held: 10_000 });
    expect(await hold.read()).toMatchObject({ authorized: 10_000, state: "open" });
    expect(await hold.ask(hold.next("capture", 10_000, { final: true }))).toMatchObject({ is: "approved" });
  });

  it("to an increment says that the profile may be the cause", async () => {
    const merchantId = "no_preauth";
    await control.addMerchant({ merchantId, apiKey: "sandbox-paygate-api-key", settings: { preAuthorization: false } });
    const hold = await opened(10_000, { merchantId, preAuthorization: "unproven" });
    expect(await hold.ask(hold.next("increment", 2_500))).toMatchObject({
      is: "rejected",
      cause: expect.stringMatching(/^no_pre_authorization_perhaps: /),
    });
  });

  it("to the credentials is said without them", async () => {
    for (const auth of ["basic", "oauth"]) {
      const hold = holdAt({ auth, apiKey: "somebody-elses-key" });
      const { token } = await control.token("visa");
      const outcome = await hold.ask(hold.next("authorize", 10_000), { token });
      expect(outcome).toMatchObject({ is: "rejected", again: "later" });
      expect(JSON.stringify(outcome)).not.toContain("somebody");
    }
  });
});

describe("an answer that is lost", () => {
  it.each(["before", "after"] as const)("is the same operation when it is asked again (%s)", async (when) => {
    const hold = await opened(10_000);
    await control.script({ do: "drop", when, match: { operation: "increment" } });
    const asked = hold.next("increment", 2_500);
    expect(await hold.ask(asked)).toMatchObject({ is: "unknown" });
    expect(await hold.ask(asked, { number: 2 })).toMatchObject({ is: "approved" });
    expect(await books(hold)).toMatchObject({ held: 12_500 });
    expect(await hold.read()).toMatchObject({ authorized: 12_500 });
  });

  it("is told as received where the key is forgotten and the transId is not", async () => {
    await control.setReading("idempotencyRetention", "none");
    const hold = await opened(10_000);
    await control.script({ do: "drop", when: "after", match: { operation: "increment" } });
    const asked = hold.next("increment", 2_500);
    expect(await hold.ask(asked)).toMatchObject({ is: "unknown" });
    expect(await hold.ask(asked, { number: 2 })).toMatchObject({ is: "received" });
    expect(await hold.find(asked)).toMatchObject({ is: "applied", total: 12_500 });
    expect(await books(hold)).toMatchObject({ held: 12_500 });
  });

  const readings: [lookUp: string, total: string, settings: object][] = [
    ["payment-only", "standing", { lookUpOfSteps: "by_totals", amountValue: "standing" }],
    ["payment-only", "gross", { lookUpOfSteps: "by_totals", amountValue: "authorized" }],
    ["every-operation", "standing", { lookUpOfSteps: "by_trans_id", amountValue: "standing" }],
    ["every-operation", "gross", { lookUpOfSteps: "by_trans_id", amountValue: "authorized" }],
    ["every-operation", "first", { lookUpOfSteps: "by_trans_id", amountValue: "first" }],
  ];

  it.each(readings)("is found, whatever the look-up is: %s, %s", async (lookUp, reading, settings) => {
    await control.setReading("lookUpByTransId", lookUp);
    await control.setReading("readTotal", reading);
    const hold = await grown(10_000, [4_000], settings);
    await hold.ask(hold.letGo());
    const kinds = hold.gateway.capabilities({ card: { network: "visa" }, currency: "EUR", profile: "general" }).recovery
      .lookUp?.of;
    for (const kind of ["increment", "reverse", "capture"] as const) {
      if (!kinds?.includes(kind)) continue;
      for (const when of ["before", "after"] as const) {
        if (kind === "reverse") await hold.ask(hold.next("increment", 2_500));
        await control.script({ do: "drop", when, match: { operation: kind } });
        const asked = kind === "reverse" ? hold.letGo() : hold.next(kind, kind === "capture" ? hold.standing : 2_500);
        expect(await hold.ask(asked)).toMatchObject({ is: "unknown" });
        expect(await hold.find(asked)).toMatchObject({ is: when === "before" ? "absent" : "applied" });
        if (when === "after") hold.book(asked);
      }
    }
    expect(await books(hold)).toMatchObject({ captured: hold.captured });
  });

  it("of an authorization is found by our transId, with the payId that was never told", async () => {
    const hold = holdAt();
    const { token } = await control.token("visa");
    await control.script({ do: "drop", when: "after", match: { operation: "authorize" } });
    const asked = hold.next("authorize", 10_000);
    expect(await hold.ask(asked, { token })).toMatchObject({ is: "unknown" });
    expect(await hold.find(asked)).toMatchObject({ is: "applied", applied: 10_000 });
    hold.book(asked);
    expect(await hold.ask(hold.next("increment", 2_500))).toMatchObject({ is: "approved" });
    expect(await books(hold)).toMatchObject({ held: 12_500 });
  });
});

describe("half, HTML, garbage and a server error", () => {
  it.each([
    ["half", { do: "half" }],
    ["garbled", { do: "garble" }],
    ["reset", { do: "reset" }],
    ["HTML", { do: "html", when: "after" }],
    ["a 500", { do: "server-error", when: "after" }],
    ["another's", { do: "alter", set: { transId: "another" } }],
    ["an unknown word", { do: "alter", set: { status: "WONDERFUL" } }],
  ] as const)("tell nothing: %s", async (_, fault) => {
    const hold = await opened(10_000);
    await control.script({ ...fault, match: { operation: "increment" } });
    const asked = hold.next("increment", 2_500);
    expect(await hold.ask(asked)).toMatchObject({ is: "unknown" });
    expect(await hold.find(asked)).toMatchObject({ is: "applied", total: 12_500 });
    expect(await books(hold)).toMatchObject({ held: 12_500 });
  });
});

describe("what an answer hides", () => {
  it("a half approval shows when it is read back", async () => {
    const hold = await opened(10_000);
    await control.script({ do: "outcome", outcome: "PARTIAL_APPROVAL", match: { operation: "increment" } });
    const asked = hold.next("increment", 2_500);
    expect(await hold.ask(asked)).toMatchObject({ is: "approved", grade: "none" });
    expect(await hold.read()).toMatchObject({ authorized: 11_250 });
  });

  it("a pending one is looked up", async () => {
    const hold = await opened(10_000);
    await control.script({ do: "outcome", outcome: "PENDING_APPROVAL", match: { operation: "increment" } });
    const asked = hold.next("increment", 2_500);
    expect(await hold.ask(asked)).toEqual({ is: "unknown", cause: "pending" });
    expect(await hold.find(asked)).toMatchObject({ is: "applied", total: 12_500 });
  });
});

it.each([
  ["plain", {}],
  ["ok", {}],
  [
    "requests",
    {
      statuses: {
        authorized: ["AUTHORIZED", "AUTHORIZE_REQUEST"],
        captured: ["CAPTURED", "CAPTURE_REQUEST"],
        reversed: ["REVERSED", "REVERSE_REQUEST"],
      },
    },
  ],
])("words of a status: %s", async (reading, settings) => {
  await control.setReading("statusWords", reading);
  const hold = await grown(10_000, [2_500, 1_000], settings);
  expect(await hold.ask(hold.letGo())).toMatchObject({ is: "approved" });
  expect(await hold.read()).toMatchObject({ authorized: 13_500, state: "open" });
  expect(await hold.ask(hold.next("capture", 12_500, { final: true }))).toMatchObject({ is: "approved" });
  expect(await hold.read()).toMatchObject({ captured: 12_500, state: "captured" });
});

it("an expired payment says so where the gateway does", async () => {
  await control.setReading("readAfterExpiry", "expired");
  const hold = await opened(10_000);
  await control.advance(hold.references["payment"] ?? "", 31 * 86_400_000);
  expect(await hold.read()).toMatchObject({ authorized: 10_000, captured: 0, state: "expired" });
});
