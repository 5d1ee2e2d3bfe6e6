import type { Merchant } from "../merchants.ts";
import { signedByHttpSignature } from "./http-signature.ts";
import { signedByJwt } from "./jwt.ts";
import type { AuthParts, SignedRequest } from "./signed-request.ts";
import { header } from "./signed-request.ts";

/**
 * Who signed this request, or undefined: then CyberSource answers 401 and says no more.
 * `Authorization: Bearer` is a JWT, else it must be HTTP Signature (CyberSource REST SDK, authentication/).
 */
export async function authenticate(request: SignedRequest, parts: AuthParts): Promise<Merchant | undefined> {
  const bearer = /^Bearer (\S+)$/iu.exec(header(request, "authorization") ?? "")?.[1];
  return bearer === undefined ? signedByHttpSignature(request, parts) : signedByJwt(bearer, request, parts);
}
