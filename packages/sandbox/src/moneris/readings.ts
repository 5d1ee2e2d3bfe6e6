import { z } from "zod";
import type { Readings } from "../control/readings.ts";
import { createReadings } from "../control/readings.ts";
import { lifeReadings } from "./life-readings.ts";
import { wireReadings } from "./wire-readings.ts";

/**
 * What Moneris' documents leave open, each with every reading that they allow.
 * The first value is the default: the most plausible one, or the one that refuses least where nothing is plausible.
 * Code that meets the real gateway must survive them all, or make the choice a setting that somebody has to fill in.
 */
const readingsSchema = z.strictObject({ ...wireReadings, ...lifeReadings });

export type ReadingValues = z.output<typeof readingsSchema>;
export type MonerisReadings = Readings<ReadingValues>;

/** @param initial those that are not at their default. Throws a ZodError for a name or value that is not there */
export function createMonerisReadings(initial: Readonly<Record<string, unknown>> = {}): MonerisReadings {
  return createReadings(readingsSchema, initial);
}
