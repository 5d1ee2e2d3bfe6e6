export { createMoneris } from "./adapter.ts";
export { connectMoneris } from "./connect.ts";
export type { MonerisDeps } from "./door.ts";
export { monerisSettings, type MonerisSettings } from "./settings.ts";
