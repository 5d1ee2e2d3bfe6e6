import type { Answer } from "../../control/journal.ts";
import { link, noSuchResource, utc } from "../answers.ts";
import type { Asked, Bank } from "../operations/operation.ts";
import { newId } from "../operations/operation.ts";
import { parseWire, searchSchema } from "../wire.ts";
import { parseQuery } from "./query.ts";
import { detailRecord, summaryRecord, visibleMovements } from "./record.ts";

/** GET /tss/v2/transactions/{id}. Source: REST SDK, TransactionDetailsApi. */
export function readTransaction({ merchant, id }: Asked, bank: Bank): Answer {
  const payment = bank.ledger.byId(merchant.mid, id);
  const body = payment === undefined ? undefined : detailRecord(payment, id, bank);
  return body === undefined ? noSuchResource : { status: 200, body };
}

/** POST /tss/v2/searches. Source: REST SDK, SearchTransactionsApi; sample create-search-request.js. */
export function searchTransactions({ merchant, body }: Asked, bank: Bank): Answer {
  const request = parseWire(searchSchema, body);
  const fits = parseQuery(request.query, bank.clock.now());
  const found = bank.ledger
    .of(merchant.mid)
    .flatMap((payment) => visibleMovements(payment, bank).map((movement) => ({ payment, movement })))
    .filter(({ movement }) => fits(movement))
    .toSorted((a, b) =>
      request.sort?.includes("submitTimeUtc:desc") === true
        ? b.movement.at - a.movement.at
        : a.movement.at - b.movement.at,
    );
  const page = found.slice(request.offset, request.offset + request.limit);
  const searchId = newId(bank.random);
  return {
    status: 201,
    body: {
      searchId,
      save: request.save ?? false,
      query: request.query,
      offset: request.offset,
      limit: request.limit,
      count: page.length,
      totalCount: found.length,
      submitTimeUtc: utc(bank.clock.now()),
      _embedded: { transactionSummaries: page.map(({ payment, movement }) => summaryRecord(payment, movement)) },
      _links: { self: link("GET", `/tss/v2/searches/${searchId}`) },
    },
  };
}
