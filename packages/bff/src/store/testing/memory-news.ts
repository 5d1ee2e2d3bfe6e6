import type { MemoryBooks } from "./memory-books.ts";
import type { Changed, News } from "../store.ts";

/** News between stores on the same books: what one tells in one turn, the others hear together, soon after it. */
export function memoryNews(hearers: MemoryBooks["hearers"]): News & { close(): void } {
  const listeners: ((changes: readonly Changed[]) => void)[] = [];
  const hear = (changes: readonly Changed[]) => listeners.forEach((listener) => listener(changes));
  hearers.add(hear);
  let untold: Changed[] = [];

  function deliver(): void {
    const changes = untold;
    untold = [];
    for (const other of hearers) if (other !== hear) other(changes);
  }

  return {
    tell(changed) {
      if (untold.length === 0) queueMicrotask(deliver);
      untold.push(changed);
    },
    hear: (listener) => void listeners.push(listener),
    close: () => void hearers.delete(hear),
  };
}
