export { paymentOf } from "./begin.ts";
export { createDriver, type Driver, type DriverParts } from "./driver.ts";
export type { Submission, Submitted } from "./submission.ts";
