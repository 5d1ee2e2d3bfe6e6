import { z } from "zod";

/** A merchant account at the imitated CyberSource. */
export const merchantSchema = z.strictObject({
  mid: z.string().min(1).max(30),
  keyId: z.string().min(1),
  /** Base64, as the Business Center shows it. Signs both HTTP Signature and JWT. */
  secret: z.base64(),
  settings: z
    .strictObject({
      /** Captures answer TRANSMITTED and cannot be voided (REST SDK, PtsV2PaymentsCapturesPost201Response: "Online Capture enabled merchants"). */
      onlineCapture: z.boolean().default(false),
    })
    .prefault({}),
});

export type MerchantScript = z.input<typeof merchantSchema>;
export type Merchant = z.output<typeof merchantSchema>;

export interface Merchants {
  find(mid: string): Merchant | undefined;
  add(merchant: Merchant): void;
  all(): Merchant[];
}

/** Known to everyone, worth nothing: it opens only an imitation on loopback. */
export const testMerchant: MerchantScript = {
  mid: "plimsoll_test",
  keyId: "08c94330-f618-42a3-b09d-e1e43be5efda",
  secret: "aW5jcmVtZW50YWwtYXV0aC10ZXN0LXNlY3JldC0zMmI=",
};

/** @param scripts accounts besides the test merchant's. Throws a ZodError where one is not of `merchantSchema` */
export function createMerchants(scripts: readonly unknown[]): Merchants {
  const merchants = new Map<string, Merchant>();
  const add = (merchant: Merchant) => void merchants.set(merchant.mid, merchant);
  for (const script of [testMerchant, ...scripts]) add(merchantSchema.parse(script));
  return { find: (mid) => merchants.get(mid), add, all: () => [...merchants.values()] };
}
