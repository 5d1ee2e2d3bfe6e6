/** Says that something in the sandbox is no longer as it was; what, those who listen ask the control door. */
export interface Changes {
  tell(): void;
  /** @returns ends the listening */
  listen(listener: () => void): () => void;
}

export function createChanges(): Changes {
  const listeners = new Set<() => void>();
  return {
    tell: () => {
      for (const listener of listeners) listener();
    },
    listen: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
