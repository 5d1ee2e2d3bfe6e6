import type { IncomingMessage, ServerResponse } from "node:http";
import type { StaffView } from "@plimsoll/shared";
import { deskFixtures } from "../fixtures/desk.ts";
import type { Route } from "./browser.ts";

/** One mutation as it arrived. */
export interface Asked {
  readonly name: string;
  readonly token: string;
  readonly key: string;
  readonly input: unknown;
}

/** How the next mutation is answered: with what the hold then is, not at all, later, or with a refusal. */
export type Reaction =
  | {
      readonly does: "answer";
      readonly hold?: Partial<StaffView>;
      readonly replayed?: boolean;
      readonly after?: Promise<void>;
    }
  | { readonly does: "drop" }
  | { readonly does: "refuse"; readonly code: string; readonly message: string };

/** The staff's door of a BFF as the wire shows it: some holds, moved by the test. */
export class FakeDesk {
  holds: StaffView[] = [];
  asked: Asked[] = [];
  reactions: Reaction[] = [];
  readonly #streams = new Set<ServerResponse>();
  tokens = 0;

  /** What a site has to route here. */
  routes(): Record<string, Route> {
    const door = "/plimsoll/trpc/console.v1";
    const mutations = [
      "increment",
      "propose",
      "withdraw",
      "capture",
      "reverse",
      "reverseIncrement",
      "extend",
      "resolve",
    ];
    return {
      ...Object.fromEntries(
        mutations.map((name) => [`${door}.${name}`, (request, response) => void this.#mutate(name, request, response)]),
      ),
      [`${door}.holds`]: (_, response) => result(response, { ...SEEN, holds: this.holds }),
      [`${door}.hold`]: (request, response) => {
        const input: unknown = JSON.parse(new URL(request.url ?? "", "http://x").searchParams.get("input") ?? "{}");
        result(response, { ...SEEN, hold: this.#named(input) });
      },
      [`${door}.watch`]: (_, response) => {
        response.writeHead(200, { "content-type": "text/event-stream" });
        response.write("event: connected\ndata: {}\n\n");
        this.#streams.add(response);
      },
      "/token": (_, response) => {
        response.setHeader("content-type", "application/json");
        response.end(JSON.stringify({ token: `T${++this.tokens}` }));
      },
    };
  }

  reset(holds: readonly StaffView[]): void {
    for (const stream of this.#streams) stream.end();
    this.#streams.clear();
    this.holds = [...holds];
    this.asked = [];
    this.reactions = [];
    this.tokens = 0;
  }

  /** A hold changes, and every stream says so. */
  becomes(id: string, change: Partial<StaffView>): StaffView {
    const before = this.#named({ hold: id });
    const next = { ...before, ...change, version: before.version + 1 };
    this.holds = this.holds.map((hold) => (hold.id === id ? next : hold));
    for (const stream of this.#streams)
      stream.write(`data: ${JSON.stringify({ ...SEEN, holds: [next], complete: false })}\nid: v${next.version}\n\n`);
    return next;
  }

  async #mutate(name: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    let text = "";
    for await (const chunk of request) text += String(chunk);
    const input: unknown = JSON.parse(text);
    const header = (field: string): string => String(request.headers[field] ?? "");
    this.asked.push({ name, token: header("authorization"), key: header("idempotency-key"), input });
    const reaction = this.reactions.shift() ?? { does: "answer" };
    switch (reaction.does) {
      case "drop":
        response.destroy();
        return;
      case "refuse": {
        const plimsoll = { code: reaction.code, message: reaction.message, reference: "PL-7" };
        result(response, { message: "", code: -32009, data: { plimsoll } }, "error", 409);
        return;
      }
      case "answer": {
        await reaction.after;
        const { id } = this.#named(input);
        const hold = this.becomes(id, reaction.hold ?? {});
        result(response, { ...SEEN, hold, step: "step", replayed: reaction.replayed ?? false });
      }
    }
  }

  #named(input: unknown): StaffView {
    const id: unknown = Reflect.get(Object(input), "hold");
    const found = this.holds.find((hold) => hold.id === id);
    if (!found) throw new Error(`no hold ${String(id)}`);
    return found;
  }
}

const SEEN = { now: deskFixtures.open.now, secondsLeft: 600 };

function result(response: ServerResponse, data: unknown, as: "result" | "error" = "result", status = 200): void {
  response.writeHead(status, { "content-type": "application/json" });
  response.end(JSON.stringify(as === "error" ? { error: data } : { result: { data } }));
}
