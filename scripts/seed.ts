import fc from "fast-check";

/** Generated tests take the same path each time, so that a failure is the change's own. PLIMSOLL_SEED=N searches elsewhere. */
fc.configureGlobal({ seed: Number(process.env["PLIMSOLL_SEED"] ?? 1_876) });
