export { memoryBooks, type MemoryBooks } from "./memory-books.ts";
export { memoryStore } from "./memory-store.ts";
export { openStore, type StoreOptions } from "./open-store.ts";
export * from "./store.ts";
