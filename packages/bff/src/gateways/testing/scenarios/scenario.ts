import type { Stage } from "./stage.ts";
import type { Way } from "./ways.ts";

/** Something that happens to merchants and payers, played to its end at every gateway that allows it. */
export interface Scenario {
  readonly name: string;
  /** How it is played at a gateway, one after the other; or why the gateway doesn't offer it. */
  readonly ways: (gateway: string) => readonly Way[] | string;
  readonly play: (stage: Stage) => Promise<void>;
}
