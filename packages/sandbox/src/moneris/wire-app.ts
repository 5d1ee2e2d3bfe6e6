import express from "express";
import { z } from "zod";
import { serveCardField } from "../card-field/serve-card-field.ts";
import type { CardFieldParts } from "../card-field/serve-card-field.ts";
import type { Json, Operation } from "../control/fault.ts";
import type { GatewayParts } from "../control/gateway-parts.ts";
import type { Wire, WireRoute } from "../control/wire.ts";
import { serveWire } from "../control/serve-wire.ts";
import type { ServedWire } from "../control/serve-wire.ts";
import type { Random } from "../random.ts";
import { hexLetters } from "../random.ts";
import type { AuthParts } from "./auth/authenticate.ts";
import { authenticate } from "./auth/authenticate.ts";
import { cancel } from "./operations/cancel.ts";
import { complete } from "./operations/complete.ts";
import { create } from "./operations/create.ts";
import { increment } from "./operations/increment.ts";
import type { Bank, Caller, Handler } from "./operations/operation.ts";
import { list, read } from "./operations/read.ts";
import { notFound, serverError, WireRefusal } from "./problems.ts";

export const GATEWAY = "moneris";

interface OperationRoute {
  readonly method: "get" | "post";
  readonly path: string;
  readonly operation: Operation;
  readonly handle: Handler;
}

/** The paths that are imitated (OpenAPI 2.6.1), besides POST /oauth2/token. */
const operationRoutes: readonly OperationRoute[] = [
  { method: "post", path: "/payments", operation: "authorize", handle: create },
  { method: "post", path: "/payments/:id/increment", operation: "increment", handle: increment },
  { method: "post", path: "/payments/:id/complete", operation: "capture", handle: complete },
  { method: "post", path: "/payments/:id/cancel", operation: "reverse", handle: cancel },
  { method: "get", path: "/payments/:id", operation: "read", handle: read },
  { method: "get", path: "/payments", operation: "search", handle: list },
];

export const operations: readonly Operation[] = ["token", ...operationRoutes.map(({ operation }) => operation)];

export interface WireParts {
  readonly bank: Bank;
  readonly auth: AuthParts;
  readonly cardField: CardFieldParts;
  readonly control: Pick<GatewayParts, "faults" | "journal">;
}

/** Moneris' host: the documented paths, and the page with its card field. */
export function createWire({ bank, auth, cardField, control }: WireParts): ServedWire {
  const app = express();
  serveCardField(app, cardField);
  return serveWire(app, dialect(bank, auth), { ...control, faults: bank.arrivals.watching(control.faults) });
}

function dialect(bank: Bank, auth: AuthParts): Wire<Caller> {
  return {
    gateway: GATEWAY,
    openRoutes: [{ method: "post", path: "/oauth2/token", operation: "token", handle: auth.tokens.grant }],
    routes: operationRoutes.map(({ handle, ...route }): WireRoute<Caller> => ({
      ...route,
      handle: (asked) => handle(asked, bank),
    })),
    secrets: [
      "client_secret",
      "access_token",
      "temporaryToken",
      "permanentToken",
      "paymentMethodId",
      "cardNumber",
      "cardSecurityCode",
    ],
    authenticate: (request) => authenticate(request, auth),
    references: (request) => [...referencesIn(request.body), bank.arrivals.nameOf(request)],
    refusal: (error) => (error instanceof WireRefusal ? error.answer : undefined),
    serverError,
    notFound: ({ target }) => notFound(new URL(target, "http://gateway").pathname).answer,
    headers: ({ headers }) => headersFor(headers, bank.random),
  };
}

/** OpenAPI 2.6.1, headers of every response: the version that was asked for, and a correlation id, the caller's if it has one. */
function headersFor(
  asked: Readonly<Record<string, string | string[] | undefined>>,
  random: Random,
): Record<string, string> {
  const version = asked["api-version"];
  const correlation = asked["x-correlation-id"];
  return {
    "x-correlation-id": typeof correlation === "string" ? correlation : hexLetters(random, 32).toLowerCase(),
    ...(typeof version === "string" ? { "api-version": version } : {}),
  };
}

const referencesSchema = z.object({
  idempotencyKey: z.string().optional(),
  orderId: z.string().optional(),
  invoiceNumber: z.string().optional(),
});

/** By what a script may mean this request. */
function referencesIn(body: Json | undefined): string[] {
  const parsed = referencesSchema.safeParse(body);
  if (!parsed.success) return [];
  const { idempotencyKey, orderId, invoiceNumber } = parsed.data;
  return [idempotencyKey, orderId, invoiceNumber].filter((value) => value !== undefined);
}
