import type { ReactiveControllerHost } from "lit";
import type { Hold } from "../live/decode.ts";
import type { References } from "./end.ts";
import type { PayerFeed } from "./shown.ts";

/** The references that a payer's bank asks for, read when the receipt is unfolded. */
export class Receipts {
  readonly #host: ReactiveControllerHost;
  references: References | undefined;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
  }

  async load({ source, door }: PayerFeed, hold: Hold): Promise<void> {
    // Without them the receipt still says amounts and times.
    this.references ??= await source.call((token) => door.receipt(token, hold.id)).catch(() => undefined);
    this.#host.requestUpdate();
  }
}
