import {
  createBff,
  createLog,
  makeDirectory,
  makeIds,
  noticesAt,
  openStore,
  readConfig,
  readSecret,
  systemClock,
  whereHoldsAre,
} from "../src/bff.ts";
import { serveAdmin } from "../src/admin.ts";
import { connectGateway } from "../src/gateways/index.ts";
import { createWireClient } from "../src/gateways/wire-client.ts";
import type { Gateway } from "../src/gateways/port.ts";

/**
 * The BFF as it is shipped, that kills itself (SIGKILL) at one point of one kind of operation: `CRASH_AT` is
 * "before the gateway" or "after the gateway", `CRASH_ON` the kind. Without them it is an ordinary BFF.
 */
const [file = ""] = process.argv.slice(2);
const { CRASH_AT, CRASH_ON } = process.env;
const config = readConfig(file);
const clock = systemClock;
const ids = makeIds(clock.now);
const { send } = createWireClient();
const parts = { send, clock, bytes: ids.bytes, noticesUrl: noticesAt(config) };
const directory = makeDirectory(config, (account) => mortal(connectGateway(account, process.env, parts)));
const store = await openStore(whereHoldsAre(config, process.env));
const secret = readSecret(config.secret, process.env);
const bff = createBff({ config, directory, store, clock, ids, log: createLog({ level: "fatal" }), secret });
await bff.start();
if (typeof config.database === "string") await serveAdmin(config.database, bff);
bff.app.listen(config.listen.port, config.listen.host, () => console.log("ready"));

function mortal(gateway: Gateway): Gateway {
  return {
    ...gateway,
    async ask(attempt) {
      const dies = attempt.order.kind === CRASH_ON;
      if (dies && CRASH_AT === "before the gateway") process.kill(process.pid, "SIGKILL");
      const outcome = await gateway.ask(attempt);
      if (dies && CRASH_AT === "after the gateway") process.kill(process.pid, "SIGKILL");
      return outcome;
    },
  };
}
