// oxlint-disable oxc/no-async-endpoint-handlers -- Express 5 passes a rejected handler on to the error handler
import express from "express";
import type { Express } from "express";
import { z } from "zod";
import { hexLetters } from "../../random.ts";
import { testCard, testCards } from "../cards.ts";
import type { Bank } from "../operations/operation.ts";
import { tokenPage } from "./token-page.ts";

/**
 * `https://shop.example`: scheme, host and port, nothing after. Narrower than URL is, which lets `;` and `"` stand in a
 * host: they would write into the content security policy.
 */
const originSchema = z
  .string()
  .regex(/^https?:\/\/[a-z0-9.:[\]-]+$/u)
  .refine((text) => URL.canParse(text) && new URL(text).origin === text);

/**
 * `GET /token-page?origin=…` is the card field, `POST /token-page/tokens` what it asks, open to tests and servers too.
 * Both are the sandbox's own; `GET /flex/v2/public-keys/:kid` is where CyberSource publishes the keys of its tokens.
 */
export function serveTokenPage(app: Express, { tokens, random }: Pick<Bank, "tokens" | "random">): void {
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
    response.type("text/html").send(tokenPage({ cards: testCards, origin: origin.data, nonce }));
  });
  app.post("/token-page/tokens", express.json({ limit: "4kb" }), async (request, response) => {
    const parsed = z.strictObject({ card: z.string() }).safeParse(request.body);
    const card = parsed.success ? testCard(parsed.data.card) : undefined;
    if (card === undefined) response.status(400).json({ error: "Choose one of the test cards." });
    else response.status(201).json(await tokens.issue(card));
  });
  app.get("/flex/v2/public-keys/:kid", (request, response) => {
    if (request.params.kid === tokens.publicKey.kid) response.json(tokens.publicKey);
    else response.status(404).json({ message: "The requested resource does not exist" });
  });
}
