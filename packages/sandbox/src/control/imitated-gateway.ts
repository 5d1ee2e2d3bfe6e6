import type { RequestListener } from "node:http";
import type { Router } from "express";
import type { Fault } from "./fault.ts";

/** What a gateway's folder gives to the sandbox. */
export interface ImitatedGateway {
  /** As in `fault.gateway`, and the control door's path. */
  readonly name: string;
  /** The documented wire, served on a port of its own. */
  readonly wire: RequestListener;
  /** What the control door serves under `/<name>`. */
  readonly door: Router;
  /** Why this gateway cannot do what a fault wants, or null. */
  objection(fault: Fault): string | null;
  /** Books, switches and used tokens as at the start. */
  reset(): void;
}
