import { z } from "zod";

export const scopes = ["payment.read", "payment.write", "refund.read", "refund.write"] as const;

/** A merchant account at the imitated Moneris, with one application of its own. */
export const merchantSchema = z.strictObject({
  /** `X-Merchant-Id`: thirteen characters (OpenAPI 2.6.1, merchantId). */
  merchantId: z.string().regex(/^[A-Za-z0-9]{13}$/u),
  clientId: z.string().min(1).max(100),
  clientSecret: z.string().min(1).max(200),
  scopes: z.array(z.enum(scopes)).default(["payment.read", "payment.write"]),
  settings: z
    .strictObject({
      /** Moneris' sales support turns it on for a store ("Multiple Completions"). */
      multipleCompletions: z.boolean().default(true),
    })
    .prefault({}),
});

export type Scope = (typeof scopes)[number];
export type MonerisMerchantScript = z.input<typeof merchantSchema>;
export type Merchant = z.output<typeof merchantSchema>;

export interface Merchants {
  find(merchantId: string): Merchant | undefined;
  /** Whose application this is; undefined for a wrong secret too. */
  ofClient(clientId: string, clientSecret: string): Merchant | undefined;
  add(merchant: Merchant): void;
  all(): Merchant[];
}

/** Known to everyone, worth nothing: it opens only an imitation on loopback. */
export const testMerchant: MonerisMerchantScript = {
  merchantId: "0123456789101",
  clientId: "plimsoll-test",
  clientSecret: "c2FuZGJveC1jbGllbnQtc2VjcmV0",
};

/** @param scripts accounts besides the test merchant's. Throws a ZodError for another form */
export function createMerchants(scripts: readonly unknown[]): Merchants {
  const merchants = new Map<string, Merchant>();
  const add = (merchant: Merchant) => void merchants.set(merchant.merchantId, merchant);
  for (const script of [testMerchant, ...scripts]) add(merchantSchema.parse(script));
  return {
    find: (merchantId) => merchants.get(merchantId),
    ofClient: (clientId, clientSecret) =>
      [...merchants.values()].find((one) => one.clientId === clientId && one.clientSecret === clientSecret),
    add,
    all: () => [...merchants.values()],
  };
}
