export { createHub, type Hub } from "./hub.ts";
export { DESK, watchDesk, watchHolds, type Watcher } from "./watch.ts";
