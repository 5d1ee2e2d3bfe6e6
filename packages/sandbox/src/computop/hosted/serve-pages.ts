import type { Express } from "express";
import { hexLetters } from "../../random.ts";
import type { Bank } from "../bank.ts";
import type { Merchants } from "../merchants.ts";
import { endedPage, payPage } from "./page.ts";
import type { Waiting } from "./pay.ts";
import { waitingAt } from "./pay.ts";

/** `GET /pay/{page}`: the hosted page. Its form posts to the same address, where faults can meet it. */
export function servePages(app: Express, merchants: Merchants, bank: Bank): void {
  app.get("/pay/:page", ({ params: { page } }, response) => {
    const nonce = hexLetters(bank.random, 32);
    const waiting = waitingAt(page, merchants, bank);
    response.set({
      "content-security-policy": `default-src 'none'; style-src 'nonce-${nonce}'; base-uri 'none'; frame-ancestors 'none'; form-action ${formTargets(waiting)}`,
      "referrer-policy": "no-referrer",
      "cache-control": "no-store",
    });
    if (waiting === undefined) {
      response.status(410).type("text/html").send(endedPage(nonce));
      return;
    }
    const { merchant, currency, exponent } = waiting.payment;
    const { amount } = waiting.session;
    response.type("text/html").send(payPage({ merchant, amount, currency, exponent, nonce }));
  });
}

/** Browsers hold a form's redirect to form-action too, so the shop's own addresses must stand in it. */
function formTargets(waiting: Waiting | undefined): string {
  const urls = waiting?.payment.facts.urls;
  const shop = [urls?.return, urls?.cancel].filter((url) => url !== undefined).map((url) => new URL(url).origin);
  return ["'self'", ...new Set(shop)].join(" ");
}
