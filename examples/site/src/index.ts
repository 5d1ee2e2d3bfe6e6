/** What the three example merchants share. Each of their servers is plain express with these few pieces in it. */
export { merchantApp } from "./app.ts";
export { readEnvironment, type Environment, type GatewayChoice } from "./environment.ts";
export { listen } from "./listen.ts";
export { holdOf, look, opened, payment, type Body } from "./opening.ts";
export { connect, idempotently, type Hold, type Plimsoll } from "./plimsoll.ts";
export { deskToken, payerToken } from "./tokens.ts";
export { ofVisit, Visits, type Visit } from "./visits.ts";
