import type { NoticeReport } from "../../../sandbox/src/control/notices.ts";
import type { Chance } from "./chance.ts";
import type { Stand, WorldAccount } from "./gateways.ts";
import type { Server } from "./server.ts";
import type { Timeline } from "./timeline.ts";

interface Parts {
  readonly timeline: Timeline;
  readonly chance: Chance;
  readonly servers: () => readonly Server[];
  readonly accounts: readonly WorldAccount[];
  readonly calm: () => boolean;
}

interface Delivery {
  readonly notice: NoticeReport;
  /** In the order of this world. */
  readonly name: string;
  taken: boolean;
}

/** What comes unasked: notices, once, twice, late, in another order; and payers on a gateway's page. */
export class Postmen {
  /** What is still to come. */
  waiting = 0;
  readonly #parts: Parts;
  readonly #seen = new Set<string>();
  #brought = 0;
  /** Notices that nobody has got: no network loses one for ever where a verdict comes by it. */
  #lost: (() => void)[] = [];

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Takes what a gateway has written, and brings it some time. */
  collect(stand: Stand): void {
    const { chance, calm } = this.#parts;
    for (const notice of stand.imitation.notices?.reports() ?? []) {
      const name = `${stand.conforming.name} ${notice.id}`;
      if (this.#seen.has(name)) continue;
      this.#seen.add(name);
      const times = calm() ? 1 : chance.pick([0, 1, 1, 1, 2]);
      for (let time = 0; time < times; time += 1) this.#brings(notice);
      if (times === 0) this.#lost.push(() => this.#brings(notice));
    }
  }

  deliversAll(): void {
    for (const bring of this.#lost.splice(0)) bring();
  }

  /** A payer is sent to a gateway's page: they pay, they cancel, or they never go there. */
  payer(address: string, account: string): void {
    const { timeline, chance, accounts } = this.#parts;
    const stand = accounts.find(({ id }) => id === account)?.stand;
    if (!stand || chance.percent(15)) return;
    const body = new URLSearchParams(chance.percent(85) ? { card: "visa" } : { cancel: "true" }).toString();
    this.waiting += 1;
    timeline.in(chance.between(3_000, 20 * 60_000), "a payer is on the page", async () => {
      this.waiting -= 1;
      const { host, pathname, search } = new URL(address);
      const headers = { host, "content-type": "application/x-www-form-urlencoded" };
      await stand.imitation.answer({ method: "POST", target: pathname + search, headers, raw: Buffer.from(body) });
      this.collect(stand);
    });
  }

  #brings(notice: NoticeReport): void {
    const { timeline, chance, calm } = this.#parts;
    const most = calm() ? 2_000 : chance.pick([20, 500, 30_000, 20 * 60_000]);
    this.waiting += 1;
    this.#brought += 1;
    const delivery = { notice, name: `notice ${this.#brought}`, taken: false };
    timeline.in(chance.between(1, most), `brings ${delivery.name}`, () => this.#hands(delivery));
  }

  /** A gateway tells it again where nobody has said that it was taken. */
  #hands(delivery: Delivery): void {
    const { timeline, chance, servers } = this.#parts;
    const { notice, name } = delivery;
    const server = chance.any(servers());
    const again = timeline.in(ACKNOWLEDGED_WITHIN, `brings ${name} again`, () => this.#hands(delivery));
    server?.process.does(() => {
      const taken = () => {
        again();
        if (!delivery.taken) this.waiting -= 1;
        delivery.taken = true;
      };
      take(notice, server).then(taken, untaken);
    });
  }
}

/** It is told again. */
const untaken = () => {};

/** Longer than a commit takes; shorter than most stalls. */
const ACKNOWLEDGED_WITHIN = 30_000;

/** As the address for notices does it. */
async function take({ url, headers, body }: NoticeReport, server: Server): Promise<void> {
  const gateway = server.gateway(decodeURIComponent(new URL(url).pathname.split("/").at(-1) ?? ""));
  const notices = (await gateway?.notices?.(Buffer.from(body), new Headers(headers))) ?? [];
  if (!gateway || typeof notices === "string") return;
  for (const notice of notices)
    await server.driver.notice({ gateway: gateway.name, mode: "test", payee: gateway.payee }, notice);
}
