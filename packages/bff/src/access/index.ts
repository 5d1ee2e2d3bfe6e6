export { requestKey, type RequestKey } from "./idempotency.ts";
export { createKeys, type ApiKeys } from "./keys.ts";
export { crossOrigin, isKnown } from "./origins.ts";
export { createSeal, type Seal } from "./seal.ts";
export { createStreams, type Streams } from "./streams.ts";
export { createTokens, type Claims, type PayerClaims, type StaffClaims, type Tokens } from "./tokens.ts";
