import type { Served } from "./contract.ts";

/** Calls of one process by another over Node's own channel between them. Both ends are these tests. */
export interface Call {
  readonly id: number;
  readonly call: keyof Served;
  readonly given: readonly unknown[];
}

export type Return = { readonly id: number } & ({ readonly value: unknown } | { readonly error: string });

export function answering(served: Served, send: (message: Return) => unknown): (message: unknown) => Promise<void> {
  return async (message) => {
    const { id, call, given } = message as Call;
    try {
      const serve = served[call] as (...given: readonly unknown[]) => Promise<unknown>;
      send({ id, value: await serve(...given) });
    } catch (error) {
      send({ id, error: error instanceof Error ? `${error.name}: ${error.message}` : "unknown" });
    }
  };
}

export function isReturn(message: unknown): message is Return {
  return typeof message === "object" && message !== null && "id" in message;
}
