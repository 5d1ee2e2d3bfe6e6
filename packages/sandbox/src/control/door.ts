// oxlint-disable oxc/no-async-endpoint-handlers -- Express 5 passes a rejected handler on to the error handler
import express from "express";
import type { ErrorRequestHandler, Express, RequestHandler, Response } from "express";
import { z } from "zod";
import type { MovableClock } from "../clock.ts";
import type { FaultEngine } from "./fault-engine.ts";
import { faultSchema } from "./fault.ts";
import type { ImitatedGateway } from "./imitated-gateway.ts";
import type { Journal } from "./journal.ts";

export interface DoorParts {
  readonly clock: MovableClock;
  readonly faults: FaultEngine;
  readonly journal: Journal;
  readonly gateways: readonly ImitatedGateway[];
}

/** The control door: scripts, shows and moves everything in the sandbox. The README has the table. */
export function createControlDoor(parts: DoorParts): Express {
  const app = express();
  app.disable("x-powered-by");
  app.use(onlyFromThisMachine, express.json({ limit: "256kb" }));
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
    for (const gateway of parts.gateways) gateway.reset();
    response.status(204).end();
  });
  for (const gateway of parts.gateways) app.use(`/${gateway.name}`, gateway.door);
  app.use((_request, response) => notFound(response, "There is no such path at the control door."));
  app.use(wrongInput);
  return app;
}

/** A web page must not reach the door through a name that resolves to loopback, nor by a plain form. */
const onlyFromThisMachine: RequestHandler = (request, response, next) => {
  const host = request.hostname;
  const local = host === "127.0.0.1" || host === "localhost";
  const foreignPage = request.headers["sec-fetch-site"] === "cross-site";
  if (local && !foreignPage) next();
  else response.status(403).json({ error: "The control door answers only programs on this machine." });
};

function serveFaults(app: Express, { faults, gateways }: DoorParts): void {
  app.post("/faults", (request, response) => {
    const fault = faultSchema.parse(request.body);
    const gateway = gateways.find(({ name }) => name === fault.gateway);
    const objection = gateway === undefined ? `There is no gateway ${fault.gateway}.` : gateway.objection(fault);
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
