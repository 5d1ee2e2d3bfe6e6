import type { Client } from "./client.ts";
import { reading, watching } from "./door.ts";
import type { Door } from "./source.ts";
import { staffAnswer, staffDone, staffList, staffUpdate, type Done, type StaffHold } from "./staff.ts";

/** What staff can have done to a hold, by the procedure's name, with its input. */
export type Command = {
  [N in CommandName]: { readonly name: N; readonly input: Parameters<Calls[N]["mutate"]>[0] };
}[CommandName];

export type CommandName =
  | "increment"
  | "propose"
  | "withdraw"
  | "capture"
  | "reverse"
  | "reverseIncrement"
  | "extend"
  | "resolve";

type Calls = Client["console"]["v1"];

export interface StaffCalls {
  /** Rejects with `Failed`. `key` is the idempotency key. */
  send(token: string, key: string, command: Command): Promise<Done>;
}

/** The staff's door: lists, reads and watches with a hold or desk token, and sends what staff decide. */
export function deskDoor(client: Client): Door<StaffHold> & StaffCalls {
  const { v1 } = client.console;
  const done = reading(staffDone);
  const one = reading(staffAnswer);
  const all = reading(staffList);
  const some = reading(staffUpdate);
  return {
    read: async (token, hold) =>
      hold === undefined
        ? all(await v1.holds.query(undefined, { context: { token } }))
        : one(await v1.hold.query({ hold }, { context: { token } })),
    watch: (token, lastEventId, on) =>
      watching(some, on, (handlers, alive) =>
        v1.watch.subscribe(lastEventId === undefined ? undefined : { lastEventId }, {
          ...handlers,
          context: { token, alive },
        }),
      ),
    send: async (token, key, command) => done(await sent(v1, command, { context: { token, key } })),
  };
}

/** One line a procedure, so that each input is checked against its own. */
function sent(v1: Calls, command: Command, options: { context: { token: string; key: string } }): Promise<unknown> {
  switch (command.name) {
    case "increment":
      return v1.increment.mutate(command.input, options);
    case "propose":
      return v1.propose.mutate(command.input, options);
    case "withdraw":
      return v1.withdraw.mutate(command.input, options);
    case "capture":
      return v1.capture.mutate(command.input, options);
    case "reverse":
      return v1.reverse.mutate(command.input, options);
    case "reverseIncrement":
      return v1.reverseIncrement.mutate(command.input, options);
    case "extend":
      return v1.extend.mutate(command.input, options);
    case "resolve":
      return v1.resolve.mutate(command.input, options);
  }
}
