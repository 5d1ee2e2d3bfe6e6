/** The most live connections that one token may have at a time. */
const MOST = 5;

/** Counts the live connections of each token. */
export function createStreams() {
  const open = new Map<string, number>();
  return {
    /** True where the token may open one more; every true is given back by one `leave`. */
    enter(token: string): boolean {
      const count = open.get(token) ?? 0;
      if (count >= MOST) return false;
      open.set(token, count + 1);
      return true;
    },
    leave(token: string): void {
      const count = (open.get(token) ?? 1) - 1;
      if (count === 0) open.delete(token);
      else open.set(token, count);
    },
  };
}
export type Streams = ReturnType<typeof createStreams>;
