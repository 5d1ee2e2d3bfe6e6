/** The elements as classes and their types, without registering anything: see `define` and `define-console`. */
export { PlimsollConsole } from "./console/console.ts";
export { PlimsollHold } from "./hold/hold.ts";
export * from "./events.ts";
export { STATES } from "./hold/states.ts";
export { VERSION } from "./version.ts";
export type { Hold, HoldStep, Question } from "./live/decode.ts";
export type { StaffHold, StaffHoldStep } from "./live/staff.ts";
