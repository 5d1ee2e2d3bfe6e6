/** What the command line can ask of a running process, done by it, and reached by a socket of its own. */
export { CREATE_KEY, PAUSE, PAUSES, RECONCILE, RESUME, type Action } from "./actions.ts";
export { makeActions, type Actions } from "./perform.ts";
export { ask, serveAdmin } from "./socket.ts";
