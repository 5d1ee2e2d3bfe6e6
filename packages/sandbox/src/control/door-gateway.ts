import { Router } from "express";
import type { Response } from "express";
import { z } from "zod";
import type { ImitatedGateway } from "./imitated-gateway.ts";
import type { Outbox } from "./notices.ts";
import type { GatewayReport } from "./reports.ts";

/** A gateway and where it listens. */
export interface ServedGateway {
  readonly gateway: ImitatedGateway;
  readonly url: string;
}

export function reportGateway({ gateway, url }: ServedGateway): GatewayReport {
  const { name, title, credentials = {}, operations, outcomes, cards, notices } = gateway;
  return {
    name,
    title,
    url,
    merchants: gateway.merchants(),
    credentials,
    operations,
    outcomes,
    cards,
    readings: gateway.readings.report(),
    notifies: notices !== undefined,
  };
}

/** A gateway's part of the control door, under `/<name>`: the same for each, and what only this one has. */
export function gatewayDoor({ gateway }: ServedGateway): Router {
  const door = Router();
  if (gateway.door !== undefined) door.use(gateway.door);
  serveBooks(door, gateway);
  serveReadings(door, gateway);
  serveCards(door, gateway);
  if (gateway.notices !== undefined) serveNotices(door, gateway.notices);
  door.get("/outcomes", (_request, response) => {
    response.json(gateway.outcomes);
  });
  door.get("/merchants", (_request, response) => {
    response.json(gateway.merchants());
  });
  door.post("/merchants", (request, response) => {
    gateway.addMerchant(request.body);
    response.status(201).json(gateway.merchants());
  });
  return door;
}

function serveBooks(door: Router, gateway: ImitatedGateway): void {
  door.get("/books/:merchant", ({ params: { merchant } }, response) => {
    found(response, gateway.books(merchant), "There is no such merchant.");
  });
  door.get("/books/:merchant/:id", ({ params: { merchant, id } }, response) => {
    found(response, gateway.payment(merchant, id), "There is no such payment.");
  });
  door.post("/books/:merchant/:id/clock", ({ params: { merchant, id }, body }, response) => {
    const { ahead } = z.strictObject({ ahead: z.int().min(0) }).parse(body);
    found(response, gateway.advance(merchant, id, ahead), "There is no such payment.");
  });
}

function serveReadings(door: Router, { readings }: ImitatedGateway): void {
  door.get("/readings", (_request, response) => {
    response.json(readings.report());
  });
  door.put("/readings/:name", ({ params: { name }, body }, response) => {
    const { value } = z.strictObject({ value: z.string() }).parse(body);
    readings.set(name, value);
    response.json({ name, value });
  });
}

function serveCards(door: Router, gateway: ImitatedGateway): void {
  const { cards } = gateway;
  door.get("/cards", (_request, response) => {
    response.json(cards);
  });
  door.post("/tokens", async (request, response) => {
    const issued = await gateway.token(z.strictObject({ card: z.string() }).parse(request.body).card);
    if (issued === undefined)
      response.status(400).json({ error: `The cards are ${cards.map(({ name }) => name).join(", ")}.` });
    else response.status(201).json(issued);
  });
}

const modeSchema = z.strictObject({ deliver: z.enum(["at_once", "held"]) });
const forgerySchema = z.strictObject({
  body: z.string().exactOptional(),
  headers: z.record(z.string(), z.string()).exactOptional(),
});

function serveNotices(door: Router, notices: Outbox): void {
  const report = () => ({ deliver: notices.mode, notices: notices.reports() });
  const none = "There is no such notice.";
  door.get("/notices", (_request, response) => {
    response.json(report());
  });
  door.put("/notices", (request, response) => {
    notices.deliver(modeSchema.parse(request.body).deliver);
    response.json(report());
  });
  door.post("/notices/:id/deliver", async (request, response) => {
    found(response, await notices.send(request.params.id), none);
  });
  door.post("/notices/:id/forge", async (request, response) => {
    found(response, await notices.send(request.params.id, forgerySchema.parse(request.body)), none);
  });
}

function found(response: Response, value: object | undefined, error: string): void {
  if (value === undefined) response.status(404).json({ error });
  else response.json(value);
}
