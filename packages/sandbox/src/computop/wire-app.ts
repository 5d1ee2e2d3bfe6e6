import express from "express";
import { z } from "zod";
import type { CardFieldParts } from "../card-field/serve-card-field.ts";
import { serveCardField } from "../card-field/serve-card-field.ts";
import type { GatewayParts } from "../control/gateway-parts.ts";
import type { Answer } from "../control/journal.ts";
import type { WireAsked, WireRequest } from "../control/wire.ts";
import { serveWire } from "../control/serve-wire.ts";
import type { ServedWire } from "../control/serve-wire.ts";
import { authenticate } from "./auth/authenticate.ts";
import type { AccessTokens } from "./auth/oauth.ts";
import type { Bank } from "./bank.ts";
import { pay, paymentOfPage, redirect, waitingAt } from "./hosted/pay.ts";
import { servePages } from "./hosted/serve-pages.ts";
import type { IdempotencyKeys } from "./idempotency.ts";
import type { Merchant, Merchants } from "./merchants.ts";
import type { Asked } from "./operations/operation.ts";
import { outcomeNamed } from "./outcomes.ts";
import { errorAnswer, PaygateRefusal, SERVER_ERROR, wrongParameter } from "./response-codes.ts";
import type { LookUpRoute, PostRoute } from "./routes.ts";
import { BASE, lookUpRoutes, postRoutes } from "./routes.ts";

export const GATEWAY = "computop";

export interface WireParts {
  readonly bank: Bank;
  readonly merchants: Merchants;
  readonly tokens: AccessTokens;
  readonly keys: IdempotencyKeys;
  readonly cardField: CardFieldParts;
  readonly control: Pick<GatewayParts, "faults" | "journal">;
}

/** Paygate's host: the documented paths under /api/v2, the hosted page, and the sandbox's card field. */
export function createWire(parts: WireParts): ServedWire {
  const { bank, merchants, tokens, keys, cardField, control } = parts;
  const app = express();
  serveCardField(app, cardField);
  servePages(app, merchants, bank);
  return serveWire<Merchant>(
    app,
    {
      gateway: GATEWAY,
      routes: [
        ...postRoutes.map((route) => guarded(route, keys, bank)),
        ...lookUpRoutes.map((route) => plain(route, bank)),
      ],
      openRoutes: [
        {
          method: "post",
          path: `${BASE}/authorization/oauth/token`,
          operation: "token",
          handle: (asked) => tokens.request(asked),
        },
        {
          method: "post",
          path: "/pay/:page",
          operation: "authorize",
          handle: (asked) => payOnPage(asked, merchants, bank),
        },
      ],
      secrets: ["number", "pseudoCardNumber", "securityCode", "client_secret", "access_token"],
      authenticate: (request) => authenticate(request, merchants, tokens),
      references: (request) => [...namedIn(request), ...ofPage(request, merchants, bank)],
      refusal: (error) => (error instanceof PaygateRefusal ? error.answer : undefined),
      serverError: ({ reason = "Internal server error", status = 500 }) =>
        errorAnswer(status, { responseCode: SERVER_ERROR, responseDescription: reason }),
      notFound: () => errorAnswer(404, wrongParameter("unknown", "path")),
    },
    control,
  );
}

function guarded({ operation, path, work }: PostRoute, keys: IdempotencyKeys, bank: Bank) {
  const handle = (asked: WireAsked<Merchant>): Answer => {
    const given = asked.headers["idempotency-key"];
    return keys.answer(
      {
        merchant: asked.caller.merchantId,
        key: typeof given === "string" ? given : undefined,
        fingerprint: `${asked.target}\n${asked.raw.toString("utf8")}`,
      },
      () => work(toAsked(asked), bank),
    );
  };
  return { method: "post", path: BASE + path, operation, handle } as const;
}

function plain({ operation, path, look }: LookUpRoute, bank: Bank) {
  const handle = (asked: WireAsked<Merchant>) => look(toAsked(asked), bank);
  return { method: "get", path: BASE + path, operation, handle } as const;
}

function toAsked({ caller, params, body, outcome, headers }: WireAsked<Merchant>): Asked {
  const origin = `http://${z.string().catch("127.0.0.1").parse(headers["host"])}`;
  const { id = "" } = params;
  return { merchant: caller, id, body: body ?? null, outcome: outcomeNamed(outcome ?? ""), origin };
}

function payOnPage(asked: Omit<WireAsked<never>, "caller">, merchants: Merchants, bank: Bank): Answer {
  const { page = "" } = asked.params;
  const waiting = waitingAt(page, merchants, bank);
  if (waiting === undefined) return redirect(`/pay/${encodeURIComponent(page)}`);
  return pay(waiting, asked.body ?? null, outcomeNamed(asked.outcome ?? ""), bank);
}

const namesSchema = z.object({ transId: z.string().optional(), refNr: z.string().optional() });

/** By what a script may mean this request: its own references and its key. */
function namedIn({ body, headers }: WireRequest): string[] {
  const { transId, refNr } = namesSchema.safeParse(body).data ?? {};
  return [transId, refNr, headers["idempotency-key"]].filter((name) => typeof name === "string");
}

/** On the hosted page the payment's own references and its payId stand for the payer's request. */
function ofPage({ params: { page } }: WireRequest, merchants: Merchants, bank: Bank): string[] {
  const payment = page === undefined ? undefined : paymentOfPage(page, merchants, bank);
  return payment === undefined ? [] : [payment.id, ...Object.values(payment.references)];
}
