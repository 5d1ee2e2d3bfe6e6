import { z } from "zod";
import type { CreateGateway } from "../../control/gateway-parts.ts";
import { createReadings } from "../../control/readings.ts";
import { createSmallGateway } from "../small-gateway.ts";
import { createKept } from "../kept-answers.ts";
import { routes } from "./routes.ts";

const readingsSchema = z.strictObject({
  searchLag: z.enum(["0s", "20s"]).default("0s").meta({
    meaning: "how long a search by reference does not yet know a request",
    source: "the sandbox's own: gateways that index by metadata lag",
  }),
  declinesCount: z.enum(["yes", "no"]).default("yes").meta({
    meaning: "do declined changes of the amount count towards the ten",
    source: "the sandbox's own",
  }),
});

export type TotalsReadings = ReturnType<typeof createReadings<(typeof readingsSchema)["shape"]>>;

/**
 * Totals: the new sum is named and never the step, ten changes at most whether approved or not, and whether a card's
 * hold can grow is told with the approval. Every answer is kept for its key, a broken one too.
 */
export const createTotals: CreateGateway = (parts) => {
  const readings = createReadings(readingsSchema, parts.readings);
  const kept = createKept(parts.clock, { broken: true });
  return createSmallGateway(
    {
      name: "totals",
      title: "Totals, a test gateway",
      routes: (bank) => routes(bank, readings, kept),
      readings,
      forget: () => kept.clear(),
    },
    parts,
  );
};
