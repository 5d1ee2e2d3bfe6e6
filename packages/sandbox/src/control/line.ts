import type { Incoming } from "./wire.ts";

/** What goes out over a connection. Header names are lower case. */
export interface Spoken {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** The caller's end of one exchange, whatever carries it. */
export interface Line {
  /** The caller is no longer there. */
  readonly gone: boolean;
  send(spoken: Spoken): void;
  /** Ends it without a word. */
  cut(): void;
  /** The whole length is promised, half of it is sent, then the connection is reset. */
  sendHalf(spoken: Spoken): Promise<void>;
  /** Lets so many milliseconds pass, in the caller's time. */
  pause(ms: number): Promise<void>;
}

/** What a caller without a socket hears: the whole answer and how many milliseconds it took, or nothing whole. */
export type Heard = (Spoken & { readonly after: number }) | null;

/** One exchange without a socket: time that would pass is counted, not waited for. */
export async function hear(
  answer: (request: Incoming, line: Line) => Promise<void>,
  request: Incoming,
): Promise<Heard> {
  let heard: Heard = null;
  let after = 0;
  await answer(request, {
    gone: false,
    send: (spoken) => {
      heard = { ...spoken, after };
    },
    cut: () => {},
    sendHalf: () => Promise.resolve(),
    pause: (ms) => {
      after += ms;
      return Promise.resolve();
    },
  });
  return heard;
}
