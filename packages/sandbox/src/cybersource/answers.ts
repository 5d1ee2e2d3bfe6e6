import type { JsonObject } from "../control/fault.ts";
import type { Answer } from "../control/journal.ts";

/** Thrown inside an operation: the request is turned away and nothing is written. */
export class WireRefusal extends Error {
  readonly answer: (now: number) => Answer;
  constructor(answer: (now: number) => Answer) {
    super("turned away");
    this.answer = answer;
  }
}

export interface FieldDetail {
  readonly field: string;
  readonly reason: "MISSING_FIELD" | "INVALID_DATA";
}

/** The flat 400 (REST SDK, PtsV2IncrementalAuthorizationPatch400Response and its siblings). */
export function refuse(reason: string, message: string, details: readonly FieldDetail[] = []): WireRefusal {
  const told = details.map(({ field, reason: why }) => ({ field, reason: why }));
  return new WireRefusal((now) => ({
    status: 400,
    body: {
      submitTimeUtc: utc(now),
      status: "INVALID_REQUEST",
      reason,
      message,
      ...(told.length > 0 ? { details: told } : {}),
    },
  }));
}

export function refuseField(field: string, reason: FieldDetail["reason"] = "INVALID_DATA"): WireRefusal {
  const message =
    reason === "MISSING_FIELD"
      ? "The request is missing one or more fields"
      : "One or more fields in the request contains invalid data";
  return refuse(reason, `Declined - ${message}`, [{ field, reason }]);
}

/** Why a 502 (REST SDK, PtsV2PaymentsPost502Response). */
export const serverErrorReasons = ["SYSTEM_ERROR", "SERVER_TIMEOUT", "SERVICE_TIMEOUT"] as const;
export type ServerErrorReason = (typeof serverErrorReasons)[number];

/** The flat 502 (REST SDK, PtsV2PaymentsPost502Response). */
export function serverError(reason: ServerErrorReason, now: number): Answer {
  const messages: Record<ServerErrorReason, string> = {
    SYSTEM_ERROR: "Error - General system failure.",
    SERVER_TIMEOUT: "Error - The request was received but there was a server timeout.",
    SERVICE_TIMEOUT: "Error - The request was received but a service did not finish running in time.",
  };
  return { status: 502, body: { submitTimeUtc: utc(now), status: "SERVER_ERROR", reason, message: messages[reason] } };
}

/** What CyberSource says to wrong credentials, wrong signatures and test/live mix-ups alike. */
export const unauthorized: Answer = { status: 401, body: { response: { rmsg: "Authentication Failed" } } };

/** What an unknown path or an unknown transaction gets. */
export const noSuchResource: Answer = { status: 404, body: { message: "The requested resource does not exist" } };

/** `YYYY-MM-DDThh:mm:ssZ`, as `submitTimeUtc` is documented: no fraction. */
export function utc(now: number): string {
  return new Date(now).toISOString().replace(/\.\d{3}Z$/u, "Z");
}

export function link(method: "GET" | "POST", href: string): JsonObject {
  return { method, href };
}
