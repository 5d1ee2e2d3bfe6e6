import { z } from "zod";

/** Acquirers with which a card can be incremented (Computop, "Incremental Authorization"), and any other. */
const acquirers = [
  "Nexi",
  "Elavon Europe",
  "Fiserv Australia",
  "Fiserv Europe",
  "WorldpayCC",
  "VR Payment",
  "other",
] as const;

/** A merchant account at the imitated Paygate. */
export const merchantSchema = z.strictObject({
  merchantId: z.string().regex(/^[\w-]{1,30}$/u),
  apiKey: z.string().min(1),
  settings: z
    .strictObject({
      /** Set up by Computop, by no parameter of a request: with false an authorization silently takes no increment. */
      preAuthorization: z.boolean().default(true),
      acquirer: z.enum(acquirers).default("Nexi"),
    })
    .prefault({}),
});

export type MerchantScript = z.input<typeof merchantSchema>;
export type Merchant = z.output<typeof merchantSchema>;

export interface Merchants {
  find(merchantId: string): Merchant | undefined;
  /** @throws ZodError where it is not of this gateway's form */
  add(merchant: unknown): void;
  /** The test merchant first. */
  ids(): string[];
}

/** Known to everyone, worth nothing: it opens only an imitation on loopback. */
export const testMerchant: MerchantScript = {
  merchantId: "plimsoll_test",
  apiKey: "sandbox-paygate-api-key",
};

export function createMerchants(scripts: readonly unknown[]): Merchants {
  const merchants = new Map<string, Merchant>();
  const add = (script: unknown) => {
    const merchant = merchantSchema.parse(script);
    merchants.set(merchant.merchantId, merchant);
  };
  for (const script of [testMerchant, ...scripts]) add(script);
  return { find: (merchantId) => merchants.get(merchantId), add, ids: () => [...merchants.keys()] };
}
