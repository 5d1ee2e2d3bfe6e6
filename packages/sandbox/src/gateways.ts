import type { CreateGateway } from "./control/gateway-parts.ts";
import { createComputop } from "./computop/computop.ts";
import { createCybersource } from "./cybersource/cybersource.ts";
import { createMoneris } from "./moneris/moneris.ts";

export type GatewayName = keyof Awaited<ReturnType<typeof eachGateway>>;

/** Every gateway that the sandbox runs, in the order in which it lists them. A new one joins by its line here. */
export async function eachGateway<Running>(run: (create: CreateGateway, name: string) => Promise<Running>) {
  return {
    cybersource: await run(createCybersource, "cybersource"),
    moneris: await run(createMoneris, "moneris"),
    computop: await run(createComputop, "computop"),
  };
}
