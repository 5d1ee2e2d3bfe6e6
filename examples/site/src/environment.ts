import { z } from "zod";

/** One of the merchant's gateway accounts, and where that gateway's card field is. */
const gatewayChoice = z.object({
  name: z.string().regex(/^[a-z]+$/),
  title: z.string(),
  /** As Plimsoll's configuration calls the account. */
  account: z.string(),
  cardField: z.url(),
  /** The gateway also has a payment page of its own, to which the payer can be sent. */
  hasPage: z.boolean().default(false),
});
export type GatewayChoice = z.infer<typeof gatewayChoice>;

const variables = z.object({
  PORT: z.coerce.number().int().min(1).max(65_535),
  PLIMSOLL_URL: z.url(),
  PLIMSOLL_KEY: z.string().min(1),
  /** Which script files the pages load: a released version, or `dev` for the working build. */
  PLIMSOLL_SCRIPTS: z.string().default("dev"),
  /** JSON: a list of `gatewayChoice`, the merchant's usual one first. */
  GATEWAYS: z
    .string()
    .transform((text, context): unknown => {
      try {
        return JSON.parse(text);
      } catch {
        context.addIssue("not JSON");
        return z.NEVER;
      }
    })
    .pipe(z.tuple([gatewayChoice], gatewayChoice)),
});

export interface Environment {
  readonly port: number;
  /** This site's own, as Plimsoll's configuration lists it. */
  readonly origin: string;
  readonly plimsoll: string;
  /** The secret API key. It never leaves this server. */
  readonly key: string;
  /** The folder of the elements' script files. */
  readonly scripts: string;
  readonly gateways: readonly [GatewayChoice, ...GatewayChoice[]];
}

/** Throws with what is missing or wrong, so that a site doesn't start half-configured. */
export function readEnvironment(given: NodeJS.ProcessEnv): Environment {
  const parsed = variables.safeParse(given);
  if (!parsed.success) throw new Error(`The site's environment is not complete:\n${z.prettifyError(parsed.error)}`);
  const { PORT, PLIMSOLL_URL, PLIMSOLL_KEY, PLIMSOLL_SCRIPTS, GATEWAYS } = parsed.data;
  return {
    port: PORT,
    origin: `http://localhost:${PORT}`,
    plimsoll: PLIMSOLL_URL,
    key: PLIMSOLL_KEY,
    scripts: `${PLIMSOLL_URL}/plimsoll/${PLIMSOLL_SCRIPTS}`,
    gateways: GATEWAYS,
  };
}
