import { answering } from "../channel.ts";
import type { Said, Served } from "../contract.ts";
import { run, type Running } from "./run.ts";

/**
 * The shipped store, rules, driver and adapters as a process that can be killed: commanded by whoever started it, and
 * without the doors for people, so that it is there quickly.
 */
const parent = process.send?.bind(process);
if (!parent) throw new Error("this process is started by a test");

// Nobody is left who could end it.
process.on("disconnect", () => process.exit());

let running: Running | undefined;
const say = (said: Said) => void parent(said);

const served: Served = {
  async start(setup) {
    running = await run(setup, say);
  },
  wish: (key, wish) => there().wish(key, wish),
  submit: (submission, wait) => there().submit(submission, wait),
  known: (hold) => there().known(hold),
  history: (hold) => there().history(hold),
  idle: () => there().idle(),
  notice: (body, headers) => there().notice(body, headers),
  async setTime(time) {
    there().clock.set(time);
  },
  async arm(boundary, signal) {
    there().mortal.arm(boundary, signal);
  },
  async stop() {
    await there().stop();
    process.disconnect();
  },
};

process.on("message", answering(served, parent));

function there(): Running {
  if (!running) throw new Error("it has not been started");
  return running;
}
