import type { Capabilities, OperationKind } from "../../src/hold/index.ts";
import type { Account } from "./accounts.ts";
import type { Client } from "./client.ts";
import type { Wish } from "./contract.ts";

/** A hold's life, of which every boundary is passed by some story, and no path is taken twice without need. */
export interface Story {
  readonly name: string;
  readonly play: (client: Client) => Promise<unknown>;
}

/** What a story has to know of its gateway: what this account can do, and how it is told to say no. */
export interface Stage {
  readonly account: Account;
  readonly can: Capabilities;
}

const BASE = 10_000;

/** How the dialects of one gateway differ. */
export function dialect(): readonly Story[] {
  return [{ name: "a stay", play: stay }];
}

/** How a payer differs who pays on the gateway's own page. */
export function onPage(): readonly Story[] {
  return [
    {
      name: "paid on the page",
      async play(client) {
        await client.openOnPage(BASE, "pay");
        await client.increment(2_500);
        await client.capture(6_000);
      },
    },
    { name: "turned back on the page", play: (client) => client.openOnPage(BASE, "cancel") },
    { name: "never came to the page", play: (client) => client.openOnPage(BASE, null) },
  ];
}

export function everyPath({ account, can }: Stage): readonly Story[] {
  const { declined: no, rejected } = account.conforming.outcomes;
  const kinds = kindsOf(can);
  return [
    longStay(can),
    givenUp,
    ...kinds.flatMap((kind) => [lost("after", kind), lost("before", kind)]),
    declined(no),
    ...(rejected?.capture === undefined ? [] : [captureRejected(rejected.capture)]),
    ...kinds.map(killedWhile),
    ...(can.recovery.dedupe === null ? [] : kinds.map((kind) => silentFor(kind, can.recovery.dedupe?.window ?? 0))),
    payerAsked,
    hinted,
    personsWord,
    wronglyDenied,
    chargeDenied,
    leftBehind,
    freed,
  ];
}

function longStay(can: Capabilities): Story {
  return {
    name: "a stay",
    async play(client) {
      await raised(client, 2);
      if (can.extension) await client.extend();
      if (can.reverseIncrement !== "none") await client.reverseLast();
      if (can.partialCapture === "always") await client.capture(1_000, false);
      await client.capture(6_000);
    },
  };
}

const givenUp: Story = {
  name: "given up",
  async play(client) {
    await raised(client, 2);
    await client.letGo();
  },
};

function lost(when: "before" | "after", kind: OperationKind): Story {
  return around(kind, `${kind} lost ${when} it was applied`, async (client, wish) => {
    client.trouble(kind, { lost: when });
    await client.does(wish);
  });
}

function killedWhile(kind: OperationKind): Story {
  return around(kind, `killed while ${kind} is at the gateway`, (client, wish) => client.killedAt(kind, wish));
}

/** A key that is no longer good is not sent again: then what became of it is looked up. */
function silentFor(kind: OperationKind, window: number): Story {
  const name = `${kind} not answered for as long as its key is good`;
  return around(kind, name, (client, wish) => client.unanswered(kind, wish, window));
}

/** One step of this kind, and what comes in its way; a hold that goes on after it ends by a capture. */
function around(kind: OperationKind, name: string, meets: (client: Client, wish: Wish) => Promise<unknown>): Story {
  return {
    name,
    async play(client) {
      if (kind !== "authorize") await raised(client);
      await meets(client, await wishFor(kind, client));
      if (kind !== "capture" && kind !== "reverse") await client.capture(5_000);
    },
  };
}

function declined(outcome: string): Story {
  return toldNo("declined", "increment", outcome, (client) => client.increment(1_500));
}

function captureRejected(outcome: string): Story {
  return toldNo("capture rejected", "capture", outcome, (client) => client.capture(5_000));
}

function toldNo(name: string, kind: OperationKind, outcome: string, asks: (client: Client) => Promise<unknown>): Story {
  return {
    name,
    async play(client) {
      await client.open(BASE);
      client.trouble(kind, { outcome });
      await asks(client);
      await client.letGo();
    },
  };
}

const payerAsked: Story = {
  name: "the payer is asked",
  async play(client) {
    await client.open(BASE);
    await client.proposed(1_500, "approve");
    await client.proposed(2_500, "deny");
    await client.proposed(3_500, "withdraw");
    await client.capture(5_000);
  },
};

const hinted: Story = {
  name: "somebody says: look",
  async play(client) {
    await client.open(BASE);
    await client.hint();
    await client.letGo();
  },
};

const personsWord: Story = {
  name: "a person's word",
  async play(client) {
    await client.open(BASE);
    await client.resolvedByPerson(2_500);
    await client.capture(5_000);
  },
};

const wronglyDenied: Story = {
  name: "a person's word that the books contradict, and a correction",
  async play(client) {
    await client.open(BASE);
    const hold = client.hold ?? "";
    const target = await client.deniedByPerson({ do: "increment", hold, amount: 2_500 });
    await client.onHold("correct", { target, amount: 2_500 });
    await client.capture(5_000);
  },
};

const chargeDenied: Story = {
  name: "a charge that a person denies, and then says",
  async play(client) {
    await client.open(BASE);
    await client.deniedByPerson({ do: "capture", hold: client.hold ?? "", amount: 6_000, final: true });
    await client.onHold("say_captured", { amount: 6_000 });
  },
};

const leftBehind: Story = {
  name: "a capture that leaves a doubt behind",
  async play(client) {
    await client.open(BASE);
    await client.capturedWithout(2_500, 6_000);
  },
};

const freed: Story = {
  name: "the bank lets go, and a person says so",
  async play(client) {
    await client.open(BASE);
    await client.letGoByTheBank();
  },
};

function kindsOf({ extension }: Capabilities): readonly OperationKind[] {
  return ["authorize", "increment", "capture", "reverse", ...(extension ? (["extend"] as const) : [])];
}

async function raised(client: Client, times = 1): Promise<void> {
  await client.open(BASE);
  for (let left = times; left > 0; left -= 1) await client.increment(1_500);
}

async function stay(client: Client): Promise<void> {
  await client.open(BASE);
  await client.increment(2_500);
  await client.capture(6_000);
}

async function wishFor(kind: OperationKind, client: Client): Promise<Wish> {
  if (kind === "authorize") return client.opening(BASE);
  const hold = client.hold ?? "";
  switch (kind) {
    case "increment":
      return { do: "increment", hold, amount: 3_500 };
    case "capture":
      return { do: "capture", hold, amount: 6_000, final: true };
    case "reverse":
    case "extend":
      return { do: kind, hold };
  }
}
