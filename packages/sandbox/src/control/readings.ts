import { z } from "zod";
import type { Switches } from "./imitated-gateway.ts";
import type { ReadingReport } from "./reports.ts";

/** One switch: its values, the first of which is the default, with `meta({ meaning, source })`. */
type Switch = z.ZodDefault<z.ZodEnum<Readonly<Record<string, string>>>>;

/** The switches of a gateway, as its own code reads them. */
export interface Readings<Values> extends Switches {
  get<N extends keyof Values>(name: N): Values[N];
  reset(): void;
}

const metaSchema = z.object({ meaning: z.string(), source: z.string() });

/**
 * What a gateway's documents leave open, each with every reading that they allow.
 * @param schema a `z.strictObject` of switches
 * @param initial those that are not at their default; a reset comes back to these. Throws a ZodError for others
 */
export function createReadings<Shape extends Readonly<Record<string, Switch>>>(
  schema: z.ZodObject<Shape, z.core.$strict>,
  initial: Readonly<Record<string, unknown>> = {},
): Readings<z.output<z.ZodObject<Shape, z.core.$strict>>> {
  let values = schema.parse(initial);
  return {
    get: (name) => values[name],
    set: (name, value) => {
      values = schema.parse({ ...values, [name]: value });
    },
    reset: () => {
      values = schema.parse(initial);
    },
    report: () => Object.entries(schema.shape).map(([name, reading]) => reportOf(name, reading, values)),
  };
}

function reportOf(name: string, reading: Switch, values: object): ReadingReport {
  const options = reading.unwrap().options;
  return {
    name,
    value: z.record(z.string(), z.string()).parse(values)[name] ?? "",
    values: options,
    default: reading.parse(undefined),
    ...metaSchema.parse(reading.meta()),
  };
}
