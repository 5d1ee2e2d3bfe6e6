import express, { Router, type RequestHandler } from "express";
import type { Directory } from "../directory.ts";
import type { Driver } from "../driver/index.ts";
import type { Gateway } from "../gateways/port.ts";

/** No gateway's notice comes near. */
const LARGEST = "64kb";

/**
 * Where gateways post what they tell unasked: `POST /plimsoll/notices/ACCOUNT`. The bytes are handed on as they came,
 * since what proves them is made over them. Whatever is answered with 200 is written, or is about nothing of ours.
 */
export function mountNotices({
  directory,
  driver,
}: {
  readonly directory: Directory;
  readonly driver: Driver;
}): Router {
  const router = Router({ caseSensitive: true, strict: true });
  const take: RequestHandler<{ account: string }> = async (request, response) => {
    const account = directory.account(request.params.account);
    const body: unknown = request.body;
    const status =
      account?.gateway.notices && body instanceof Uint8Array
        ? await taken(account.gateway, account.mode, body, new Headers(plain(request.headers)), driver)
        : 404;
    response.status(status).json({ ok: status === 200 });
  };
  router.post("/:account", express.raw({ type: () => true, limit: LARGEST }), take);
  return router;
}

async function taken(
  gateway: Gateway,
  mode: "live" | "test",
  body: Uint8Array,
  headers: Headers,
  driver: Driver,
): Promise<number> {
  const notices = (await gateway.notices?.(body, headers)) ?? "unreadable";
  if (notices === "forged") return 401;
  if (notices === "unreadable") return 400;
  for (const notice of notices) await driver.notice({ gateway: gateway.name, mode, payee: gateway.payee }, notice);
  return 200;
}

function plain(headers: Readonly<Record<string, string | string[] | undefined>>): [string, string][] {
  return Object.entries(headers).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, Array.isArray(value) ? value.join(", ") : value]],
  );
}
