import type { Capabilities } from "../hold/index.ts";

/** A gateway that can do what most can: no dedupe, a look-up by operation, no undo, readable. */
export const ordinary: Capabilities = {
  incrementable: "yes",
  increments: { most: 100, count: "applied" },
  reverseIncrement: "none",
  extension: false,
  releaseAtCapture: "automatic",
  partialCapture: "always",
  incrementsAfterPartialCapture: false,
  partialApproval: { authorization: false, increment: false },
  greatest: null,
  step: 1,
  readable: true,
  expiry: null,
  recovery: {
    deadline: 60_000,
    slowestApply: 60_000,
    dedupe: null,
    lookUp: { by: "operation", of: ["authorize", "increment", "extend", "capture", "reverse"], lag: 0 },
    undo: null,
    verdict: "answer",
  },
};
