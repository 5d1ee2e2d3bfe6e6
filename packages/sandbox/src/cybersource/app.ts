import express from "express";
import type { Express, Request, Response } from "express";
import { z } from "zod";
import { carryOut } from "../control/carry-out.ts";
import type { FaultEngine } from "../control/fault-engine.ts";
import type { Json, Operation } from "../control/fault.ts";
import type { Answer, Journal } from "../control/journal.ts";
import { hexLetters } from "../random.ts";
import { noSuchResource, serverError, unauthorized, WireRefusal } from "./answers.ts";
import { authenticate } from "./auth/authenticate.ts";
import type { AuthParts } from "./auth/signed-request.ts";
import { operationRoutes } from "./operation-routes.ts";
import type { Bank, Handler } from "./operations/operation.ts";
import { outcomeNamed } from "./outcomes.ts";
import { serveTokenPage } from "./tokens/token-page-routes.ts";

export interface WireParts {
  readonly bank: Bank;
  readonly auth: AuthParts;
  readonly faults: FaultEngine;
  readonly journal: Journal;
}

export const GATEWAY = "cybersource";

/** CyberSource's host: the documented paths, and the page with its card field. */
export function createWire(parts: WireParts): Express {
  const app = express();
  app.disable("x-powered-by");
  app.disable("etag");
  serveTokenPage(app, parts.bank);
  app.use(express.raw({ type: () => true, limit: "256kb" }));
  for (const { method, path, operation, handle } of operationRoutes) {
    app[method](path, (request, response) => serve(request, response, { operation, handle }, parts));
  }
  app.use((request, response) =>
    serve(request, response, { operation: "unknown", handle: () => noSuchResource }, parts),
  );
  return app;
}

interface Served {
  readonly operation: Operation | "unknown";
  readonly handle: Handler;
}

async function serve(
  request: Request,
  response: Response,
  { operation, handle }: Served,
  parts: WireParts,
): Promise<void> {
  const { method, originalUrl: path } = request;
  const note = parts.journal.open({ gateway: GATEWAY, operation, method, path });
  // What a merchant quotes to CyberSource's support (REST SDK, authentication/util/Constants.js, V_C_CORRELATION_ID).
  response.set("v-c-correlation-id", hexLetters(parts.bank.random, 32));
  const raw = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
  const merchant = await authenticate({ method, target: path, headers: request.headers, body: raw }, parts.auth);
  const body = parseBody(raw);
  note({ merchant: merchant?.mid ?? null, request: body ?? "[no JSON]" });
  if (merchant === undefined) {
    note({ answer: unauthorized, delivery: "whole" });
    response.status(unauthorized.status).json(unauthorized.body);
    return;
  }
  const id = z.string().catch("").parse(request.params["id"]);
  const references = [id, ...referencesIn(body)];
  const met = operation === "unknown" ? undefined : parts.faults.take({ gateway: GATEWAY, operation, references });
  const now = () => parts.bank.clock.now();
  const apply = (outcome: string | undefined) =>
    answering(
      () => handle({ merchant, id, body: body ?? null, outcome: outcomeNamed(outcome ?? "") }, parts.bank),
      now,
    );
  try {
    await carryOut(met, { apply, serverError: (reason) => serverError(reason, now()), note }, response);
  } catch (error) {
    // A reset or closing sandbox lets go of what it held; anything else is a fault of ours and must be loud.
    response.destroy();
    if (met === undefined) throw error;
  }
}

async function answering(work: () => Promise<Answer> | Answer, now: () => number): Promise<Answer> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof WireRefusal) return error.answer(now());
    throw error;
  }
}

const jsonSchema = z.json();

function parseBody(raw: Buffer): Json | undefined {
  try {
    return raw.length === 0 ? null : jsonSchema.parse(JSON.parse(raw.toString("utf8")));
  } catch {
    return undefined;
  }
}

const referencesSchema = z.object({
  clientReferenceInformation: z.object({ code: z.string().optional(), transactionId: z.coerce.string().optional() }),
});

/** By what a script may mean this request: its code and its transactionId. */
function referencesIn(body: Json | undefined): string[] {
  const parsed = referencesSchema.safeParse(body);
  if (!parsed.success) return [];
  const { code, transactionId } = parsed.data.clientReferenceInformation;
  return [code, transactionId].filter((value) => value !== undefined);
}
