import type { Operation as FaultOperation } from "../control/fault.ts";
import { capture } from "./operations/capture.ts";
import { createPayment } from "./operations/create-payment.ts";
import { createSession } from "./operations/create-session.ts";
import { increment } from "./operations/increment.ts";
import { getByPayId, getByTransId } from "./operations/look-up.ts";
import type { LookUp, Operation } from "./operations/operation.ts";
import { reverse } from "./operations/reverse.ts";

/** `https://test.computop-paygate.com/api/v2` (Computop Paygate API 2.0.0, "Servers"). */
export const BASE = "/api/v2";

export interface PostRoute {
  readonly path: string;
  readonly operation: FaultOperation;
  readonly work: Operation;
}

export interface LookUpRoute {
  readonly path: string;
  readonly operation: FaultOperation;
  readonly look: LookUp;
}

/** The paths that are imitated (Computop Paygate API 2.0.0, "Payments"). */
export const postRoutes: readonly PostRoute[] = [
  { path: "/payments/sessions", operation: "session", work: createSession },
  { path: "/payments", operation: "authorize", work: createPayment },
  { path: "/payments/:id/incrementals", operation: "increment", work: increment },
  { path: "/payments/:id/captures", operation: "capture", work: capture },
  { path: "/payments/:id/reversals", operation: "reverse", work: reverse },
];

export const lookUpRoutes: readonly LookUpRoute[] = [
  { path: "/payments/getByPayId/:id", operation: "read", look: getByPayId },
  { path: "/payments/getByTransId/:id", operation: "search", look: getByTransId },
];
