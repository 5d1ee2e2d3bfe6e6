import express from "express";
import type { Express } from "express";
import { z } from "zod";
import type { IssuedToken } from "../control/imitated-gateway.ts";
import type { CardReport } from "../control/reports.ts";
import type { Random } from "../random.ts";
import { hexLetters } from "../random.ts";
import { cardFieldPage } from "./page.ts";

/** What a gateway gives to have a card field. */
export interface CardFieldParts {
  readonly random: Random;
  readonly cards: readonly CardReport[];
  /** @param card the name of one of `cards` */
  readonly token: (card: string) => Promise<IssuedToken | undefined>;
}

/**
 * `https://shop.example`: scheme, host and port, nothing after. Narrower than URL is, which lets `;` and `"` stand in a
 * host: they would write into the content security policy.
 */
const originSchema = z
  .string()
  .regex(/^https?:\/\/[a-z0-9.:[\]-]+$/u)
  .refine((text) => URL.canParse(text) && new URL(text).origin === text);

/**
 * The imitated gateway's card field, on the gateway's own port and before its wire: `GET /token-page?origin=…` is the
 * page, `POST /token-page/tokens` what it asks, open to tests and servers too. Both are the sandbox's own.
 */
export function serveCardField(app: Express, { random, cards, token }: CardFieldParts): void {
  app.get("/token-page", (request, response) => {
    const origin = originSchema.safeParse(request.query["origin"]);
    if (!origin.success) {
      response
        .status(400)
        .type("text/plain")
        .send("Name the page that may have the token: /token-page?origin=https://shop.example\n");
      return;
    }
    const nonce = hexLetters(random, 32);
    response.set({
      "content-security-policy": `default-src 'none'; style-src 'nonce-${nonce}'; script-src 'nonce-${nonce}'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors ${origin.data}`,
      "referrer-policy": "no-referrer",
      "cache-control": "no-store",
    });
    response.type("text/html").send(cardFieldPage({ cards, origin: origin.data, nonce }));
  });
  app.post("/token-page/tokens", express.json({ limit: "4kb" }), async (request, response) => {
    const parsed = z.strictObject({ card: z.string() }).safeParse(request.body);
    const issued = parsed.success ? await token(parsed.data.card) : undefined;
    if (issued === undefined) response.status(400).json({ error: "Choose one of the test cards." });
    else response.status(201).json(issued);
  });
}
