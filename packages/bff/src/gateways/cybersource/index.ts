export { createCyberSource } from "./adapter.ts";
export { connectCyberSource } from "./connect.ts";
export type { CyberSourceDeps } from "./door.ts";
export { cyberSourceSettings, type CyberSourceSettings } from "./settings.ts";
