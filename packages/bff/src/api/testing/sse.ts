/** One event of a stream: its name (empty for a message), its data and its id. */
export interface StreamEvent {
  readonly event: string;
  readonly data: unknown;
  readonly id: string;
}

/** A live stream as a browser's script reads it: over `fetch`, with headers. */
export class Stream {
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>;
  readonly #decoder = new TextDecoder();
  readonly #abort: AbortController;
  readonly headers: Headers;
  #rest = "";

  static async open(url: string, headers: Readonly<Record<string, string>>): Promise<Stream> {
    const abort = new AbortController();
    const response = await fetch(url, { headers, signal: abort.signal });
    if (!response.ok || !response.body) throw new Error(`${response.status} ${await response.text()}`);
    return new Stream(response.headers, response.body, abort);
  }

  private constructor(headers: Headers, body: ReadableStream<Uint8Array>, abort: AbortController) {
    this.headers = headers;
    this.#abort = abort;
    this.#reader = body.getReader();
  }

  /** The next event of whatever kind; undefined once the stream has ended. */
  async next(): Promise<StreamEvent | undefined> {
    for (;;) {
      const end = this.#rest.search(/\n\n/);
      if (end >= 0) {
        const lines = this.#rest.slice(0, end).split("\n");
        this.#rest = this.#rest.slice(end).replace(/^\n+/, "");
        if (lines.some((line) => line !== "")) return eventOf(lines);
        continue;
      }
      const { done, value } = await this.#reader.read();
      if (done) return undefined;
      this.#rest = (this.#rest + this.#decoder.decode(value, { stream: true })).replace(/^\n+/, "");
    }
  }

  /** The next message, past what only keeps the stream. */
  async message(): Promise<StreamEvent | undefined> {
    for (let event = await this.next(); event; event = await this.next()) {
      if (event.event === "") return event;
    }
    return undefined;
  }

  close(): void {
    this.#abort.abort();
  }
}

function eventOf(lines: readonly string[]): StreamEvent {
  const field = (name: string) => lines.find((line) => line.startsWith(`${name}: `))?.slice(name.length + 2) ?? "";
  const data = field("data");
  return { event: field("event"), id: field("id"), data: data === "" ? null : JSON.parse(data) };
}
