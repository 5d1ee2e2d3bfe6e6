import { describe, expect, it } from "vitest";
import { signed, type Signing } from "./auth.ts";

/** Made by running the functions of CyberSource's own Node SDK on these inputs. */
const secret = "aW5jcmVtZW50YWwtYXV0aC10ZXN0LXNlY3JldC0zMmI=";
const keyId = "08c94330-f618-42a3-b09d-e1e43be5efda";
const origin = "https://apitest.cybersource.com";
const body =
  '{"clientReferenceInformation":{"code":"hold-42-inc-1"},"orderInformation":{"amountDetails":{"additionalAmount":"10.00","currency":"USD"}}}';
const patch = { origin, method: "PATCH", path: "/pts/v2/payments/7474221808366131703814", body } as const;
const get = { origin, method: "GET", path: "/tss/v2/transactions/7474221808366131703814", body: null } as const;

function signing(auth: "jwt" | "http_signature", portfolioId?: string): Signing {
  return {
    settings: { auth, merchantId: "testrest", portfolioId, keyId, secret },
    now: () => Date.parse("2026-11-21T12:00:00Z"),
    randomUUID: () => "00000000-0000-4000-8000-000000000001",
  };
}

describe("HTTP Signature", () => {
  it("signs a PATCH with its digest as the SDK does", async () => {
    const { headers } = await signed(signing("http_signature"), patch);
    expect(headers["digest"]).toBe("SHA-256=YINWU2szesSSnzZqMJ08byQIC4tPakBGCWfBecMPLn8=");
    expect(headers["date"]).toBe("Sat, 21 Nov 2026 12:00:00 GMT");
    expect(headers["signature"]).toBe(
      `keyid="${keyId}", algorithm="HmacSHA256", headers="host date request-target digest v-c-merchant-id", signature="sfO9YSVXCGp+xa/oy/qa5FdE9zR5RdbTts3B90nTh3g="`,
    );
  });

  it("signs a GET without a digest", async () => {
    const { headers } = await signed(signing("http_signature"), get);
    expect(headers).not.toHaveProperty("digest");
    expect(headers["signature"]).toContain('headers="host date request-target v-c-merchant-id"');
    expect(headers["signature"]).toContain('signature="ijYRcRv61hKrPtjDJeieFRwTe1oVR+9nrEoi7nvfmS4="');
  });

  it("signs for the portfolio with a MetaKey while the header keeps the merchant", async () => {
    const own = await signed(signing("http_signature"), patch);
    const meta = await signed(signing("http_signature", "portfolio"), patch);
    expect(meta.headers["v-c-merchant-id"]).toBe("testrest");
    expect(meta.headers["signature"]).not.toBe(own.headers["signature"]);
  });
});

describe("JWT", () => {
  it("signs a PATCH as the SDK does, claim for claim", async () => {
    const { headers } = await signed(signing("jwt"), patch);
    const [header = "", claims = "", signature] = String(headers["authorization"]).replace("Bearer ", "").split(".");
    expect(read(header)).toBe(`{"typ":"JWT","alg":"HS256","kid":"${keyId}"}`);
    expect(Object.keys(JSON.parse(read(claims)))).toEqual([
      "digest",
      "digest-algorithm",
      "iat",
      "exp",
      "request-host",
      "request-resource-path",
      "request-method",
      "iss",
      "jti",
      "v-c-jwt-version",
      "v-c-merchant-id",
    ]);
    expect(signature).toBe("IxqhzWpy0UeO3qVaLvGRAqqprZeiW0IrnflwWbMxetA");
  });

  it("carries no digest on a GET, and the portfolio as issuer with a MetaKey", async () => {
    const { headers } = await signed(signing("jwt", "portfolio"), get);
    const claims = JSON.parse(read(String(headers["authorization"]).split(".")[1] ?? ""));
    expect(claims).toMatchObject({ iss: "portfolio", "v-c-merchant-id": "testrest", "request-method": "get" });
    expect(claims).not.toHaveProperty("digest");
  });

  it("never lets the secret out", async () => {
    for (const auth of ["jwt", "http_signature"] as const) {
      expect(JSON.stringify(await signed(signing(auth), patch))).not.toContain(secret);
    }
  });
});

function read(part: string): string {
  return Buffer.from(part, "base64url").toString("utf8");
}
