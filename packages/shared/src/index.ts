export * from "./codes.ts";
export * as inputs from "./inputs.ts";
export type * from "./inputs.ts";
export * from "./money.ts";
export * from "./text.ts";
export * from "./view.ts";
