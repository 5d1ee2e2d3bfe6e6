import { codes, refuse, type Code, type ErrorData } from "@plimsoll/shared";
import { createExpressMiddleware } from "@trpc/server/adapters/express";
import { TRPC_ERROR_CODES_BY_KEY } from "@trpc/server/rpc";
import { Router, type ErrorRequestHandler, type RequestHandler, type Response } from "express";
import { crossOrigin } from "../access/index.ts";
import type { Log } from "../telemetry/index.ts";
import type { Context, Services } from "./context.ts";
import { checkForm, enter, readBody, type DoorParts, type Entered } from "./door.ts";
import { Refused, report } from "./errors.ts";
import { appRouter } from "./router.ts";
import type { Visitors } from "./visitors.ts";

export interface ApiParts extends DoorParts {
  readonly services: Services;
  readonly log: Log;
  readonly visitors: Visitors;
}

/** The whole API as an Express router: the doors, then tRPC, then one form for everything that goes wrong. */
export function mountApi(parts: ApiParts): Router {
  const { directory, services, log, visitors } = parts;
  const { ids } = services;
  const entered = new WeakMap<object, Entered>();
  const about = (procedure: string) => ({ ids, log, procedure });

  const letIn: RequestHandler = async (request, response, next) => {
    entered.set(request, await enter(parts, request, response));
    next();
  };

  const serve = createExpressMiddleware({
    router: appRouter,
    allowBatching: false,
    createContext({ req }): Context {
      const found = entered.get(req);
      if (!found) throw new Error("a request came past its door");
      const { caller, procedure } = found;
      const body = typeof req.body === "string" ? req.body : "";
      const key = req.get("idempotency-key");
      return { services, caller, procedure, body, key, report: (error) => report(error, about(procedure)) };
    },
    responseMeta: ({ type }) => ({ headers: type === "subscription" ? LIVE_HEADERS : {} }),
  });

  const answerError: ErrorRequestHandler = (error, request, response, next) => {
    if (response.headersSent) return next(error);
    const refused = asRefused(error);
    sendError(response, report(refused, about(request.path.slice(1))), refused);
  };

  const api = Router({ caseSensitive: true, strict: true });
  const admit = visitors.admit((_response, next) => next(new Refused(refuse("stopping"))));
  api.use(noStore, crossOrigin(directory), admit, checkForm, readBody, letIn, serve);
  api.use(answerError);
  return api;
}

/** A live stream is never stored, changed or held back by what lies between. */
const LIVE_HEADERS = { "cache-control": "no-store, no-transform", "x-accel-buffering": "no" };

const noStore: RequestHandler = (_request, response, next) => {
  response.set("Cache-Control", "no-store");
  next();
};

/** The same form as tRPC gives: one error on the wire, wherever it came up. */
function sendError(response: Response, plimsoll: ErrorData, { code }: Error & { code?: unknown }): void {
  const { status } = codes[plimsoll.code];
  const number = Object.entries(TRPC_ERROR_CODES_BY_KEY).find(([key]) => key === code)?.[1];
  const data = { httpStatus: status, plimsoll };
  response.status(status).json({
    error: { message: plimsoll.message, code: number ?? TRPC_ERROR_CODES_BY_KEY.INTERNAL_SERVER_ERROR, data },
  });
}

/** What Express's body reader throws has a `type`; all else is as it is. */
function asRefused(error: unknown): Error {
  const type: unknown = Reflect.get(Object(error), "type");
  const code = typeof type === "string" ? BODY_FAULTS[type] : undefined;
  if (code) return new Refused(refuse(code));
  return error instanceof Error ? error : new Error("something that is no error was thrown");
}

const BODY_FAULTS: Readonly<Record<string, Code>> = {
  "entity.too.large": "too_large",
  "encoding.unsupported": "not_json",
  "charset.unsupported": "not_json",
  "request.aborted": "invalid_input",
  "request.size.invalid": "invalid_input",
};
