import { createServer, connect, type AddressInfo, type Socket } from "node:net";
import { randomUUID } from "node:crypto";
import { randomFrom } from "../../src/testing/random.ts";
import type { Account } from "./accounts.ts";
import type { Known } from "./contract.ts";
import { Fleet } from "./fleet.ts";
import { Books } from "./judge.ts";
import { until } from "../../src/testing/until.ts";

export interface CutOff {
  readonly known: Known;
  readonly disagreements: readonly string[];
  /** How often its gateway was asked what had become of the step: the answer was kept, so not once. */
  readonly looks: number;
}

/** A process loses its database while a gateway's answer is on its way, and has it back later. */
export async function cutOffWhileAsking(account: Account, url: string): Promise<CutOff> {
  const line = await openLine(url);
  const database = { postgres: { url: line.url } };
  const fleet = await Fleet.open({ account, database, processes: 1, random: randomFrom(1) });
  try {
    const { imitation } = fleet;
    const process = await fleet.process(0);
    const issued = await imitation.gateway.token(account.conforming.cards.grows.name);
    const open = { do: "open", order: "stay", amount: 10_000, token: issued?.token ?? "" } as const;
    const opened = await process.call("wish", randomUUID(), open);
    if ("refused" in opened) throw new Error(opened.refused);
    const { id } = imitation.script({ match: { operation: "increment" }, do: "delay", when: "after" });
    const wish = { do: "increment", hold: opened.hold, amount: 2_500 } as const;
    const key = randomUUID();
    const asked = process.call("wish", key, wish);
    await imitation.faults.reached(id);
    line.cut();
    await imitation.faults.release(id);
    await until("the answer can't be written", () =>
      fleet.alarms.some((what) => what.startsWith("an answer could not")),
    );
    line.mend();
    const answer = await asked;
    if ("refused" in answer) throw new Error(answer.refused);
    await until("the answer is written", async () => (await process.call("known", opened.hold)).sums.held === 12_500);
    const looks = imitation.journal().filter(({ operation }) => operation === "search").length;
    const known = await process.call("known", opened.hold);
    const acknowledged = [
      { key: "", wish: open, entry: opened.entry },
      { key, wish, entry: answer.entry },
    ];
    return { known, looks, disagreements: new Books(imitation.gateway).disagreements(known, acknowledged) };
  } finally {
    await fleet.close();
    line.close();
  }
}

/** A line to the database that can be cut: what is connected is torn off, and nobody gets through. */
async function openLine(url: string) {
  const target = new URL(url);
  const sockets = new Set<Socket>();
  let whole = true;
  const keep = (socket: Socket) => {
    sockets.add(socket.on("error", () => socket.destroy()).on("close", () => sockets.delete(socket)));
    return socket;
  };
  const server = createServer((near) => {
    if (!whole) return void near.destroy();
    const far = keep(connect(Number(target.port), target.hostname));
    keep(near).pipe(far).pipe(near);
    near.on("close", () => far.destroy());
    far.on("close", () => near.destroy());
  });
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const cut = () => {
    whole = false;
    for (const socket of sockets) socket.destroy();
  };
  return {
    url: Object.assign(new URL(url), { port: String(port) }).href,
    cut,
    mend() {
      whole = true;
    },
    close() {
      cut();
      server.close();
    },
  };
}
