import express from "express";
import { z } from "zod";
import { serveCardField } from "../card-field/serve-card-field.ts";
import type { CardFieldParts } from "../card-field/serve-card-field.ts";
import type { Json, ServerError } from "../control/fault.ts";
import type { GatewayParts } from "../control/gateway-parts.ts";
import type { Wire } from "../control/wire.ts";
import { serveWire } from "../control/serve-wire.ts";
import type { ServedWire } from "../control/serve-wire.ts";
import { hexLetters } from "../random.ts";
import { noSuchResource, serverError, serverErrorReasons, unauthorized, WireRefusal } from "./answers.ts";
import { authenticate } from "./auth/authenticate.ts";
import type { AuthParts } from "./auth/signed-request.ts";
import type { Merchant } from "./merchants.ts";
import { operationRoutes } from "./operation-routes.ts";
import type { Bank } from "./operations/operation.ts";
import { outcomeNamed } from "./outcomes.ts";

export const GATEWAY = "cybersource";

export interface WireParts {
  readonly bank: Bank;
  readonly auth: AuthParts;
  readonly cardField: CardFieldParts;
  readonly control: Pick<GatewayParts, "faults" | "journal">;
}

/** CyberSource's host: the documented paths, the keys of its tokens, and the page with its card field. */
export function createWire({ bank, auth, cardField, control }: WireParts): ServedWire {
  const app = express();
  serveCardField(app, cardField);
  // Where CyberSource publishes the keys of its tokens.
  app.get("/flex/v2/public-keys/:kid", (request, response) => {
    const { publicKey } = bank.tokens;
    if (request.params.kid === publicKey.kid) response.json(publicKey);
    else response.status(noSuchResource.status).json(noSuchResource.body);
  });
  return serveWire(app, dialect(bank, auth), control);
}

function dialect(bank: Bank, auth: AuthParts): Wire<Merchant> {
  const now = () => bank.clock.now();
  return {
    gateway: GATEWAY,
    routes: operationRoutes.map(({ method, path, operation, handle }) => ({
      method,
      path,
      operation,
      handle: ({ caller: merchant, params, body, outcome }) =>
        handle({ merchant, id: params["id"] ?? "", body: body ?? null, outcome: outcomeNamed(outcome ?? "") }, bank),
    })),
    secrets: ["number", "securityCode", "transientTokenJwt", "jti"],
    authenticate: async ({ method, target, headers, raw }) => {
      const caller = await authenticate({ method, target, headers, body: raw }, auth);
      return caller === undefined ? { refused: unauthorized } : { caller, merchant: caller.mid };
    },
    references: ({ body }) => referencesIn(body),
    refusal: (error) => (error instanceof WireRefusal ? error.answer(now()) : undefined),
    serverError: (error) => serverError(reasonOf(error), now()),
    notFound: () => noSuchResource,
    // What a merchant quotes to CyberSource's support (REST SDK, authentication/util/Constants.js, V_C_CORRELATION_ID).
    headers: () => ({ "v-c-correlation-id": hexLetters(bank.random, 32) }),
  };
}

const reasonSchema = z.enum(serverErrorReasons).default("SYSTEM_ERROR");

/** The door lets no other reason through. */
function reasonOf({ reason }: ServerError): z.output<typeof reasonSchema> {
  return reasonSchema.parse(reason);
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
