export type { Services } from "./context.ts";
export { mountApi, type ApiParts } from "./mount.ts";
export { mountNotices } from "./notices.ts";
export { appRouter, type AppRouter } from "./router.ts";
export { mountScripts } from "./scripts.ts";
export { createVisitors } from "./visitors.ts";
