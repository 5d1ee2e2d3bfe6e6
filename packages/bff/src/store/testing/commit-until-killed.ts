import { writeSync } from "node:fs";
import { openStore } from "../open-store.ts";
import { next, sampleHold, written } from "./samples.ts";

/** Run as a process of its own: commits on one hold for ever and names each version whose commit was acknowledged: two events a commit. */
const [file = ""] = process.argv.slice(2);
const store = await openStore({ file });
for (;;) {
  const version = await store.commit({ hold: "h1" }, ({ hold }) => {
    const after = next(hold ?? { ...sampleHold("h1"), version: 0 }, {}, 2);
    return written(after.version, after, { events: [{ type: "hinted" }, { type: "agreed" }] });
  });
  writeSync(1, `${version}\n`);
}
