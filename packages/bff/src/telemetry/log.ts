import { holdsCardNumber } from "@plimsoll/shared";
import pino, { type DestinationStream, type Logger } from "pino";

export type Log = Logger;

/** Fields that are never written, at the top of a line or one level down. */
const SECRET_FIELDS = ["authorization", "token", "secret", "payment", "sealed", "cookie"];

const BEARERS = /\b(?:plim_(?:test|live)_[\w-]+|eyJ[\w-]+(?:\.[\w-]*)+)/gu;
const DIGITS = /(?<!\d)\d(?:[ -]?\d){12,18}(?![ -]?\d)/gu;

/** The log: one JSON line an event. Every whole line is scrubbed too, since a secret may stand where nobody expects it. */
export function createLog(options: { level?: string; to?: DestinationStream } = {}): Log {
  const { level = "info", to } = options;
  const settings = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: { paths: SECRET_FIELDS.flatMap((field) => [field, `*.${field}`]), censor: "[redacted]" },
    hooks: { streamWrite: scrub },
  };
  return to ? pino(settings, to) : pino(settings);
}

export function scrub(line: string): string {
  return line.replace(BEARERS, "[redacted]").replace(DIGITS, (run) => (holdsCardNumber(run) ? "[card number]" : run));
}
