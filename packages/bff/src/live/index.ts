export { createHub, type Hub } from "./hub.ts";
export { createRelay, type Relay } from "./relay.ts";
export { DESK, watchDesk, watchHolds, type Watcher } from "./watch.ts";
