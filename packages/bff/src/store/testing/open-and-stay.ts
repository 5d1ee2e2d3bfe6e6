import { writeSync } from "node:fs";
import { openStore } from "../open-store.ts";

/** Run as a process of its own: says whether it got the store, and keeps it until its standard input ends. */
const [file = ""] = process.argv.slice(2);
try {
  const store = await openStore({ file });
  writeSync(1, "opened\n");
  process.stdin.resume().once("end", () => void store.close());
} catch (error) {
  writeSync(1, `${error instanceof Error ? `${error.name}: ${error.message}` : String(error)}\n`);
}
