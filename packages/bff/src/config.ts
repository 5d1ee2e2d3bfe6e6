import { readFileSync } from "node:fs";
import { mode, reference } from "@plimsoll/shared";
import { z } from "zod";

/**
 * The configuration file is the truth for merchants, accounts and origins. Secrets stand in it by reference only:
 * `{ "env": "NAME" }` or `{ "file": "path" }`.
 */
const secretReference = z.union(
  [z.strictObject({ env: z.string().min(1) }), z.strictObject({ file: z.string().min(1) })],
  { error: 'say where the secret is: { "env": "NAME" } or { "file": "path" }, never the secret itself' },
);
export type SecretReference = z.infer<typeof secretReference>;

/** A page's origin: scheme, host and port. Web views' own schemes are allowed, `null` is not. */
const origin = z
  .string()
  .max(200)
  .regex(/^[a-z][a-z0-9+.-]*:\/\/[^\s/?#@]+$/, "an origin is scheme://host[:port], nothing after it");

const merchant = z.strictObject({
  id: reference,
  name: z.string().min(1).max(60),
  /** As the payer's bank prints it. */
  descriptor: z.string().min(1).max(40),
  origins: z.array(origin).max(50).default([]),
});

const account = z.strictObject({
  id: reference,
  merchant: reference,
  mode,
  gateway: z.string(),
  /** The gateway's own settings: checked by its adapter. */
  settings: z.record(z.string(), z.unknown()),
  /** Which of the settings are secrets, and where they are. */
  secrets: z.record(z.string(), secretReference).default({}),
});

const WHERE =
  'the path of a file, or { "postgres": { "env": "NAME" } } that says where the URL is, never the URL itself';

/** A URL here would be a secret in the open, and the name of a file by mistake. */
const path = z
  .string()
  .min(1)
  .regex(/^(?!postgres(ql)?:)/, WHERE);

/** URLs, which hold a password: so by reference. Behind a pooler `listen` leads straight to the server. */
const postgres = z.strictObject({
  postgres: secretReference,
  listen: secretReference.optional(),
  connections: z.int().min(1).max(1_000).optional(),
});

export const configSchema = z.strictObject({
  /** Where browsers and merchants reach this BFF, with any path it is mounted under. */
  publicUrl: z.url(),
  listen: z
    .strictObject({ host: z.string().default("127.0.0.1"), port: z.int().min(0).max(65535).default(8080) })
    .prefault({}),
  /** The embedded database's file, or where a PostgreSQL is. */
  database: z.union([path, postgres], { error: WHERE }).default("plimsoll.db"),
  /** 32 bytes in base64: signs hold tokens and seals payment tokens, each by a key of its own derived from it. */
  secret: secretReference,
  /** How long a caller waits for a gateway before it sees the step as it stands, in milliseconds. */
  patience: z.int().min(0).max(30_000).default(8_000),
  /** Where script files lie: the released ones (the package's own where nothing is said), and a working build where it is named. */
  scripts: z.strictObject({ releases: z.string().optional(), working: z.string().optional() }).prefault({}),
  merchants: z.array(merchant).min(1),
  accounts: z.array(account).min(1),
});
export type Config = z.infer<typeof configSchema>;
export type MerchantConfig = z.infer<typeof merchant>;
export type AccountConfig = z.infer<typeof account>;

/** Thrown where a configuration can't be used: says what is wrong and what to do, never a secret's value. */
export class ConfigRefused extends Error {
  override readonly name = "ConfigRefused";
}

export function readConfig(file: string): Config {
  let parsed: unknown;
  try {
    parsed = JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw new ConfigRefused(`${file} can't be read as JSON: ${error instanceof Error ? error.message : ""}`);
  }
  return checkConfig(parsed, file);
}

export function checkConfig(given: unknown, name = "the configuration"): Config {
  const result = configSchema.safeParse(given);
  if (!result.success) throw new ConfigRefused(`${name} is not valid:\n${z.prettifyError(result.error)}`);
  const config = result.data;
  const merchants = new Set(config.merchants.map(({ id }) => id));
  for (const one of config.accounts) {
    if (!merchants.has(one.merchant))
      throw new ConfigRefused(`${name}: account ${one.id} names an unknown merchant ${one.merchant}`);
  }
  refuseTwins(name, "merchant", config.merchants);
  refuseTwins(name, "account", config.accounts);
  return config;
}

function refuseTwins(name: string, what: string, all: readonly { id: string }[]): void {
  const twin = all.find(({ id }, at) => all.findIndex((other) => other.id === id) !== at);
  if (twin) throw new ConfigRefused(`${name}: two ${what}s are called ${twin.id}`);
}

/** The one place that reads secrets: from the environment that is passed in, or from files. */
export function readSecret(from: SecretReference, environment: NodeJS.ProcessEnv): string {
  if ("env" in from) {
    const value = environment[from.env];
    if (!value) throw new ConfigRefused(`the environment variable ${from.env} is not set`);
    return value;
  }
  try {
    return readFileSync(from.file, "utf8").trim();
  } catch {
    throw new ConfigRefused(`the secret file ${from.file} can't be read`);
  }
}

/** The database of the configuration, its secrets read. */
export function whereHoldsAre({ database }: Pick<Config, "database">, environment: NodeJS.ProcessEnv) {
  if (typeof database === "string") return { file: database };
  const { postgres: url, listen, connections } = database;
  return {
    postgres: {
      url: readSecret(url, environment),
      ...(listen ? { listen: readSecret(listen, environment) } : {}),
      ...(connections === undefined ? {} : { connections }),
    },
  };
}
