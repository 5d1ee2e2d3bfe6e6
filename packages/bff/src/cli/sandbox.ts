import { ConfigRefused } from "../config.ts";
import { onStop } from "./on-stop.ts";
import { options, text } from "./options.ts";

export async function sandbox(args: readonly string[]): Promise<void> {
  const given = options(args, { port: text, "control-port": text, "moneris-port": text, "computop-port": text });
  const ports = {
    cybersource: portOf(given.text("port") ?? "4302"),
    control: portOf(given.text("control-port") ?? "4303"),
    moneris: portOf(given.text("moneris-port") ?? "4304"),
    computop: portOf(given.text("computop-port") ?? "4305"),
  };
  const { startSandbox, sandboxControl } = await import("@plimsoll/sandbox");
  const running = await startSandbox({ ports }).catch((error: Error) => {
    throw new ConfigRefused(`the sandbox can't start: ${error.message}`);
  });
  for (const { title, url, credentials } of await sandboxControl(running.control.url).gateways()) {
    const known = Object.entries(credentials).map(([name, value]) => `${name} ${value}`);
    console.log([`${title} ${url}`, ...known].join("\n  "));
  }
  console.log(`control door ${running.control.url} (a page for people, JSON for tests)`);
  console.log(`ready ${running.cybersource.url}`);
  onStop(() => running.close());
}

function portOf(given: string): number {
  const port = Number(given);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new ConfigRefused(`${given} is not a port`);
  return port;
}
