import cors from "cors";
import type { RequestHandler } from "express";
import type { Directory } from "../directory.ts";

type Origins = Pick<Directory, "knowsOrigin">;

/** For how long a browser may keep a preflight's answer, in seconds. */
const PREFLIGHT = 600;

/**
 * Which pages' scripts may read our answers: exactly those on a merchant's list. No cookies are ever looked at, so no
 * credentials; `null` (a file, a sandboxed frame) is nobody's origin.
 */
export function crossOrigin(directory: Origins): RequestHandler {
  const answer = cors({
    origin: (origin, allow) => allow(null, isKnown(origin, directory)),
    methods: ["GET", "POST"],
    allowedHeaders: ["authorization", "content-type", "idempotency-key", "last-event-id"],
    maxAge: PREFLIGHT,
  });
  return (request, response, next) => {
    // Also where the origin is refused: a preflight's answer may be kept.
    response.vary("Origin");
    answer(request, response, next);
  };
}

export function isKnown(origin: string | undefined, directory: Origins, merchant?: string): origin is string {
  return origin !== undefined && origin !== "null" && directory.knowsOrigin(origin, merchant);
}
