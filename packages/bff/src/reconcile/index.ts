export { told, type Line, type Told } from "./lines.ts";
export { reconcile, type ReconcileParts, type Span } from "./reconcile.ts";
export { exitCode, sentenceOf } from "./report.ts";
export { markRestored } from "./restored.ts";
