import type { Operation } from "../control/fault.ts";
import { authorize } from "./operations/authorize.ts";
import { capture } from "./operations/capture.ts";
import { increment } from "./operations/increment.ts";
import type { Handler } from "./operations/operation.ts";
import { reverse, timeoutReverse } from "./operations/reverse.ts";
import { timeoutVoid, voidCapture } from "./operations/void.ts";
import { readTransaction, searchTransactions } from "./transactions/search.ts";

export interface OperationRoute {
  readonly method: "get" | "post" | "patch";
  readonly path: string;
  readonly operation: Operation;
  readonly handle: Handler;
}

/** The paths that are imitated (REST SDK: PaymentsApi, CaptureApi, ReversalApi, VoidApi, TransactionDetailsApi, SearchTransactionsApi). */
export const operationRoutes: readonly OperationRoute[] = [
  { method: "post", path: "/pts/v2/payments", operation: "authorize", handle: authorize },
  { method: "patch", path: "/pts/v2/payments/:id", operation: "increment", handle: increment },
  { method: "post", path: "/pts/v2/payments/:id/captures", operation: "capture", handle: capture },
  { method: "post", path: "/pts/v2/payments/:id/reversals", operation: "reverse", handle: reverse },
  { method: "post", path: "/pts/v2/reversals", operation: "timeout-reversal", handle: timeoutReverse },
  { method: "post", path: "/pts/v2/captures/:id/voids", operation: "void", handle: voidCapture },
  { method: "post", path: "/pts/v2/voids", operation: "timeout-void", handle: timeoutVoid },
  { method: "get", path: "/tss/v2/transactions/:id", operation: "read", handle: readTransaction },
  { method: "post", path: "/tss/v2/searches", operation: "search", handle: searchTransactions },
];
