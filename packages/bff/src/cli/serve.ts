import { existsSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { join } from "node:path";
import { serveAdmin } from "../admin/index.ts";
import { ConfigRefused, type Config } from "../config.ts";
import { createLog } from "../telemetry/index.ts";
import { compose } from "./compose.ts";
import { onStop } from "./on-stop.ts";
import { configOf, options, text } from "./options.ts";

/** The committed releases lie beside this package; only here is known where. */
const RELEASES = join(import.meta.dirname, "../../../widget/releases");

export async function serve(args: readonly string[]): Promise<void> {
  const config = withScripts(configOf(options(args, { config: text })));
  const { bff, close } = await compose(config, createLog());
  const server = createServer(bff.app);
  let admin: Server | undefined;
  const stop = async () => {
    admin?.close();
    server.close();
    // Attempts in flight are awaited to their deadline: a deploy makes no doubts.
    await close();
    server.closeAllConnections();
  };
  try {
    await listen(server, config.listen);
    await bff.start();
    admin = typeof config.database === "string" ? await serveAdmin(config.database, bff) : undefined;
  } catch (error) {
    // What is open would keep the process from ending.
    await stop();
    throw error;
  }
  console.log(`ready ${config.publicUrl}`);
  onStop(stop);
}

function withScripts(config: Config): Config {
  const releases = config.scripts.releases ?? (existsSync(RELEASES) ? RELEASES : undefined);
  return releases === undefined ? config : { ...config, scripts: { ...config.scripts, releases } };
}

/** Express hands a failure to listen to the callback of `listen`, which nobody would look at: so the server is asked itself. */
function listen(server: Server, { host, port }: Config["listen"]): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (error) =>
      reject(new ConfigRefused(`${host}:${port} can't be listened on: ${error.message}`)),
    );
    server.listen(port, host, resolve);
  });
}
