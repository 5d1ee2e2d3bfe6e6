import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import express, { type RequestHandler } from "express";
import { startImitation, type Imitation, type Scripted } from "../../../../../sandbox/src/testing/imitation.ts";
import { createWireClient, type Send } from "../../wire-client.ts";
import { ManualClock } from "../../../testing/manual-clock.ts";
import type { Conforming } from "./conforming.ts";

export type { Imitation, Scripted };

/** Where the cases of one gateway are run: its imitation, the clock that both ends share, and our address for notices. */
export interface Ground {
  readonly conforming: Conforming;
  readonly imitation: Imitation;
  readonly clock: ManualClock;
  readonly send: Send;
  /** What every payment that a trial here has asked for is called. */
  readonly openings: (readonly string[])[];
  /** The address for notices of one of our accounts. */
  noticesUrl(account: string): string;
  /** Who takes what is posted there. */
  listen(account: string, handler: RequestHandler): void;
  close(): Promise<void>;
}

export async function startGround(conforming: Conforming): Promise<Ground> {
  const clock = new ManualClock();
  const imitation = await startImitation(conforming.imitate, { clock });
  const wire = createWireClient();
  const app = express();
  const server = createServer(app);
  const url = await listening(server);
  return {
    conforming,
    imitation,
    clock,
    send: wire.send,
    openings: [],
    noticesUrl: (account) => `${url}/${account}/plimsoll/notices/${account}`,
    listen: (account, handler) => void app.use(`/${account}/plimsoll/notices`, handler),
    async close() {
      await wire.close();
      await imitation.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function listening(server: Server): Promise<string> {
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return `http://127.0.0.1:${port}`;
}
