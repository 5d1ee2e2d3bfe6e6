export { createDriver, type Driver, type DriverParts, type Submission, type Submitted } from "./driver.ts";
