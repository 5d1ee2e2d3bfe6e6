// oxlint-disable oxc/no-async-endpoint-handlers -- Express 5 passes a rejected handler on to the error handler
import { Router } from "express";
import type { Response } from "express";
import { z } from "zod";
import { reportBooks, reportPayment } from "./books.ts";
import { testCard, testCards, cardOf } from "./cards.ts";
import type { Merchants } from "./merchants.ts";
import { merchantSchema } from "./merchants.ts";
import type { Bank } from "./operations/operation.ts";
import { outcomeTable } from "./outcomes.ts";

/** CyberSource's part of the control door, under `/cybersource`. */
export function createCybersourceDoor(bank: Bank, merchants: Merchants): Router {
  const door = Router();
  serveBooks(door, bank, merchants);
  serveReadings(door, bank);
  door.get("/cards", (_request, response) => {
    response.json(
      testCards.map(({ name, label, number }) => ({
        name,
        label,
        network: cardOf(number, "12", "2031")?.network,
        lastFour: number.slice(-4),
      })),
    );
  });
  door.post("/tokens", async (request, response) => {
    const card = testCard(z.strictObject({ card: z.string() }).parse(request.body).card);
    if (card === undefined)
      response.status(400).json({ error: `The cards are ${testCards.map(({ name }) => name).join(", ")}.` });
    else response.status(201).json(await bank.tokens.issue(card));
  });
  door.post("/merchants", (request, response) => {
    const merchant = merchantSchema.parse(request.body);
    merchants.add(merchant);
    response.status(201).json({ mid: merchant.mid });
  });
  door.get("/outcomes", (_request, response) => {
    response.json(outcomeTable);
  });
  return door;
}

function serveBooks(door: Router, { ledger }: Bank, merchants: Merchants): void {
  door.get("/books/:mid", ({ params: { mid } }, response) => {
    if (merchants.find(mid) === undefined) notFound(response, "There is no such merchant.");
    else response.json(reportBooks(mid, ledger.of(mid)));
  });
  door.get("/books/:mid/:id", ({ params: { mid, id } }, response) => {
    const payment = ledger
      .of(mid)
      .find(
        (one) =>
          one.id === id ||
          one.movements.some((movement) => [movement.id, movement.code, movement.transactionId].includes(id)),
      );
    if (payment === undefined) notFound(response, "There is no such payment.");
    else response.json(reportPayment(payment));
  });
  door.post("/reviews/:id", (request, response) => {
    const { decision } = z.strictObject({ decision: z.enum(["accept", "reject"]) }).parse(request.body);
    const { id } = request.params;
    const payment = merchants
      .all()
      .map(({ mid }) => ledger.byAnyId(mid, id))
      .find((one) => one?.review === "pending");
    if (payment === undefined) notFound(response, "There is no such payment under review.");
    else response.json(reportPayment(ledger.review(payment, decision === "accept" ? "accepted" : "rejected")));
  });
}

function serveReadings(door: Router, { readings }: Bank): void {
  door.get("/readings", (_request, response) => {
    response.json(readings.report());
  });
  door.put("/readings/:name", (request, response) => {
    const { name } = request.params;
    const { value } = z.strictObject({ value: z.string() }).parse(request.body);
    readings.set(name, value);
    response.json({ name, value });
  });
}

function notFound(response: Response, error: string): void {
  response.status(404).json({ error });
}
