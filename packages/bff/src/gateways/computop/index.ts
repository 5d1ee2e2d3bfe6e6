export { createComputop } from "./adapter.ts";
export { connectComputop } from "./connect.ts";
export type { ComputopDeps } from "./door.ts";
export { computopSettings, type ComputopSettings } from "./settings.ts";
