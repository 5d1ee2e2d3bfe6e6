import express from "express";
import type { ErrorRequestHandler, Express, RequestHandler, Response } from "express";
import { z } from "zod";
import type { MovableClock } from "../clock.ts";
import { servePage } from "../page/serve-page.ts";
import type { Changes } from "./changes.ts";
import { serveChanges } from "./door-changes.ts";
import type { FaultEngine } from "./fault-engine.ts";
import { faultSchema } from "./fault.ts";
import { gatewayDoor, reportGateway } from "./door-gateway.ts";
import type { ServedGateway } from "./door-gateway.ts";
import { onlyFromThisMachine } from "./guard.ts";
import type { Journal } from "./journal.ts";

export interface DoorParts {
  readonly clock: MovableClock;
  readonly faults: FaultEngine;
  readonly journal: Journal;
  readonly changes: Changes;
  readonly gateways: readonly ServedGateway[];
}

/** The control door: scripts, shows and moves everything in the sandbox. The README has the table. */
export function createControlDoor(parts: DoorParts): Express {
  const app = express();
  app.disable("x-powered-by");
  app.use(onlyFromThisMachine, tellsChanges(parts.changes), express.json({ limit: "256kb" }));
  servePage(app);
  serveChanges(app, parts.changes);
  serveFaults(app, parts);
  serveClock(app, parts);
  app.get("/journal", (request, response) => {
    const { after } = z.object({ after: z.coerce.number().default(0) }).parse(request.query);
    response.json(parts.journal.entries(after));
  });
  app.post("/reset", (_request, response) => {
    parts.faults.abandon();
    parts.journal.clear();
    parts.clock.reset();
    for (const { gateway } of parts.gateways) gateway.reset();
    response.status(204).end();
  });
  app.get("/gateways", (_request, response) => {
    response.json(parts.gateways.map(reportGateway));
  });
  for (const served of parts.gateways) app.use(`/${served.gateway.name}`, gatewayDoor(served));
  app.use((_request, response) => notFound(response, "There is no such path at the control door."));
  app.use(wrongInput);
  return app;
}

/** Whatever is done at the door may have changed what others see. */
function tellsChanges(changes: Changes): RequestHandler {
  return ({ method }, response, next) => {
    if (method !== "GET") response.once("finish", () => changes.tell());
    next();
  };
}

function serveFaults(app: Express, { faults, gateways }: DoorParts): void {
  app.post("/faults", (request, response) => {
    const fault = faultSchema.parse(request.body);
    const served = gateways.find(({ gateway }) => gateway.name === fault.gateway);
    const objection = served === undefined ? `There is no gateway ${fault.gateway}.` : served.gateway.objection(fault);
    if (objection === null) response.status(201).json(faults.script(fault));
    else response.status(400).json({ error: objection });
  });
  app.get("/faults", (_request, response) => {
    response.json(faults.reports());
  });
  app.get("/faults/:id", (request, response) => found(response, faults.find(request.params.id)));
  app.get("/faults/:id/reached", async (request, response) => found(response, await faults.reached(request.params.id)));
  app.post("/faults/:id/release", async (request, response) =>
    found(response, await faults.release(request.params.id)),
  );
  app.delete("/faults/:id", (request, response) => {
    if (faults.withdraw(request.params.id)) response.status(204).end();
    else notFound(response, "There is no such fault.");
  });
}

function serveClock(app: Express, { clock }: DoorParts): void {
  app.get("/clock", (_request, response) => {
    response.json({ now: clock.now() });
  });
  app.put("/clock", (request, response) => {
    clock.set(z.strictObject({ now: z.int() }).parse(request.body).now);
    response.json({ now: clock.now() });
  });
  app.post("/clock/advance", (request, response) => {
    clock.advance(z.strictObject({ ms: z.int() }).parse(request.body).ms);
    response.json({ now: clock.now() });
  });
}

function found(response: Response, value: object | undefined): void {
  if (value === undefined) notFound(response, "There is no such fault.");
  else response.json(value);
}

function notFound(response: Response, error: string): void {
  response.status(404).json({ error });
}

const wrongInput: ErrorRequestHandler = (error: unknown, _request, response, next) => {
  if (error instanceof z.ZodError) response.status(400).json({ error: z.prettifyError(error) });
  else if (error instanceof SyntaxError) response.status(400).json({ error: "The body is no JSON." });
  else next(error);
};
