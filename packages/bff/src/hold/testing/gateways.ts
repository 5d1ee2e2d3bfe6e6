import type { Capabilities } from "../capabilities.ts";

const SECOND = 1000;

/** Increments without an own way back, no dedupe, a look-up that lags, an undo of authorizations: like CyberSource. */
export const flexible: Capabilities = {
  incrementable: "yes",
  increments: { most: 100, count: "applied" },
  reverseIncrement: "none",
  extension: false,
  releaseAtCapture: "automatic",
  partialCapture: "always",
  incrementsAfterPartialCapture: true,
  partialApproval: { authorization: false, increment: false },
  greatest: null,
  step: 1,
  readable: true,
  expiry: null,
  recovery: {
    deadline: 60 * SECOND,
    slowestApply: 30 * SECOND,
    dedupe: null,
    lookUp: { by: "operation", of: ["authorize", "increment", "extend", "capture", "reverse"], lag: 20 * SECOND },
    undo: { of: ["authorize"], notBefore: 60 * SECOND },
    verdict: "answer",
  },
};

/** The same key gives the same answer for a day, and nothing can be looked up. */
export const deduping: Capabilities = {
  ...flexible,
  reverseIncrement: "any",
  readable: false,
  recovery: {
    ...flexible.recovery,
    dedupe: { window: 24 * 3600 * SECOND, replay: "same_answer" },
    lookUp: null,
    undo: null,
  },
};

/** The same key gives the same answer, and a look-up tells what became of it. */
export const dedupingWithLookUp: Capabilities = {
  ...deduping,
  readable: true,
  expiry: null,
  recovery: { ...deduping.recovery, lookUp: flexible.recovery.lookUp },
};

/** A reversal takes whatever increment came last. Holds can be prolonged. */
export const lastInFirstOut: Capabilities = {
  ...flexible,
  reverseIncrement: "last",
  extension: true,
  recovery: { ...flexible.recovery, undo: null },
};

/** What was sent without an answer is known to nobody but people. */
export const blind: Capabilities = {
  ...flexible,
  readable: false,
  recovery: { ...flexible.recovery, lookUp: null, undo: null },
};

/** Nothing can be looked up, but an authorization can be undone by our own reference. */
export const undoing: Capabilities = {
  ...blind,
  recovery: { ...blind.recovery, undo: { of: ["authorize"], notBefore: 90 * SECOND } },
};

/** The verdict comes by an authenticated notice; no reading, no look-up. */
export const byNotice: Capabilities = {
  ...deduping,
  recovery: { ...deduping.recovery, verdict: "notice" },
};

/** May approve less than was asked, and takes ten attempts, declined ones included. */
export const partial: Capabilities = {
  ...flexible,
  increments: { most: 10, count: "attempts" },
  partialApproval: { authorization: true, increment: true },
};

/** Holds live twenty minutes here, and a longer life is asked for without being given. */
export const shortLived: Capabilities = {
  ...lastInFirstOut,
  expiry: {
    captureWithin: 1200 * SECOND,
    bankKeeps: 600 * SECOND,
    prolongedBy: [],
    source: "made up for tests",
    read: "2026-11-22",
  },
};

/** A key that comes again says only that it was received; the payment's sums tell of all but the first step. */
export const conflicting: Capabilities = {
  ...flexible,
  recovery: {
    ...flexible.recovery,
    dedupe: { window: 3600 * SECOND, replay: "conflict" },
    lookUp: { by: "totals", of: ["increment", "extend", "capture", "reverse"], lag: 0 },
    undo: null,
  },
};
