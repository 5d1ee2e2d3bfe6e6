import { createBff, noticesAt, type Bff } from "../bff.ts";
import { systemClock } from "../clock.ts";
import { readSecret, whereHoldsAre, type Config } from "../config.ts";
import { makeDirectory } from "../directory.ts";
import { connectGateway } from "../gateways/index.ts";
import { createWireClient } from "../gateways/wire-client.ts";
import { makeIds } from "../ids.ts";
import { openStore } from "../store/index.ts";
import type { Log } from "../telemetry/index.ts";

export interface Composed {
  readonly bff: Bff;
  /** Waits for what is in flight. */
  readonly close: () => Promise<void>;
}

/** The real parts, put together as the configuration says: with the network, the machine's clock and its database. */
export async function compose(config: Config, log: Log): Promise<Composed> {
  const clock = systemClock;
  const ids = makeIds(clock.now);
  const wire = createWireClient();
  const parts = { send: wire.send, clock, bytes: ids.bytes, noticesUrl: noticesAt(config) };
  const directory = makeDirectory(config, (account) => connectGateway(account, process.env, parts));
  const secret = readSecret(config.secret, process.env);
  const store = await openStore({ ...whereHoldsAre(config, process.env), clock });
  try {
    const bff = createBff({ config, directory, store, clock, ids, log, secret });
    return {
      bff,
      close: async () => {
        await bff.stop();
        await wire.close();
      },
    };
  } catch (error) {
    // Left open, its connections would keep the process from ending.
    await store.close();
    throw error;
  }
}
