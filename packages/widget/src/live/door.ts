import type { Unsubscribable } from "@trpc/server/observable";
import type { Client } from "./client.ts";
import { answer, field, hold as holdView, receipt, type Hold, type Message, type Reader } from "./decode.ts";
import { Failed, UNREADABLE } from "./failure.ts";
import type { Door, StreamEvents } from "./source.ts";

/** The payer's door: reads, watches and answers with a hold token. */
export function payerDoor(client: Client): Door<Hold> & PayerCalls {
  const { v1 } = client.widget;
  const read = reading(answer(holdView));
  return {
    read: async (token, which) => read(await v1.hold.query(one(which), { context: { token } })),
    watch: (token, lastEventId, on) =>
      watching(read, on, (handlers, alive) =>
        v1.watch.subscribe(lastEventId === undefined ? undefined : { lastEventId }, {
          ...handlers,
          context: { token, alive },
        }),
      ),
    approve: async (token, key, input) => read(await v1.approve.mutate(input, { context: { token, key } })),
    deny: async (token, key, input) => read(await v1.deny.mutate(input, { context: { token, key } })),
    receipt: async (token, which) => reading(receipt)(await v1.receipt.query(one(which), { context: { token } })),
  };
}

type Calls = Client["widget"]["v1"];
type Input<P extends (input: never) => unknown> = Parameters<P>[0];

export interface PayerCalls {
  approve(token: string, key: string, input: Input<Calls["approve"]["mutate"]>): Promise<Message<Hold>>;
  deny(token: string, key: string, input: Input<Calls["deny"]["mutate"]>): Promise<Message<Hold>>;
  receipt(token: string, hold: string | undefined): Promise<ReturnType<typeof receipt>>;
}

/** Reads an answer; what can't be read is a failure like any other. */
export function reading<T>(read: Reader<T>): Reader<T> {
  return (value) => {
    try {
      return read(value);
    } catch {
      throw new Failed(UNREADABLE);
    }
  };
}

interface Handlers {
  onData(tracked: unknown): void;
  onError(error: unknown): void;
  onComplete(): void;
}

/** A tRPC subscription of tracked messages as a source's stream. */
export function watching<V>(
  read: Reader<Message<V>>,
  on: StreamEvents<V>,
  subscribe: (handlers: Handlers, alive: () => void) => Unsubscribable,
): () => void {
  const subscription = subscribe(
    {
      onData: (tracked) => {
        const id = field(tracked, "id");
        try {
          on.message(read(field(tracked, "data")), typeof id === "string" ? id : undefined);
        } catch (thrown) {
          on.ended(thrown);
        }
      },
      onError: (error) => on.ended(error),
      onComplete: () => on.ended(undefined),
    },
    () => on.alive(),
  );
  return () => subscription.unsubscribe();
}

function one(hold: string | undefined): { hold: string } | undefined {
  return hold === undefined ? undefined : { hold };
}
