import type { Clock } from "./clock.ts";
import type { Message } from "./decode.ts";
import { asFailure, type Failure } from "./failure.ts";
import type { Tokens } from "./tokens.ts";

/** How fresh what is shown is. `confirmed` is when the server last said anything, by the server's clock. */
export interface Connection {
  readonly state: "connecting" | "live" | "polling" | "stale" | "closed" | "failed";
  readonly confirmed: number | undefined;
  readonly failure: Failure | undefined;
}

/** One kind of viewer's door to the BFF. Failures reject, or end a stream, as `Failed`. */
export interface Door<V> {
  read(token: string, hold: string | undefined): Promise<Message<V>>;
  /** Starts one stream; gives back what stops it. */
  watch(token: string, lastId: string | undefined, on: StreamEvents<V>): () => void;
}

export interface StreamEvents<V> {
  /** Bytes arrived, of whatever kind. */
  alive(): void;
  message(message: Message<V>, id: string | undefined): void;
  /** The stream is over; undefined where it simply ended. */
  ended(thrown: unknown): void;
}

/** Who looks at a source. */
export interface Viewer<V> {
  /** Which hold to read; undefined is the one that the token names. */
  readonly hold: string | undefined;
  message(message: Message<V>): void;
  connection(connection: Connection): void;
}

/** A place among the few streams that an HTTP/1.1 origin can carry. */
export interface Berth {
  take(): boolean;
  leave(): void;
}

export const PATIENCE = {
  /** Without a byte for so long, a stream is not live: the server pings every 15 s. */
  silence: 40_000,
  /** A stream that brings nothing for so long is being held back on the way. */
  first: 6_000,
  /** Before a lost connection shows. */
  grace: 1_000,
  poll: 5_000,
  /** After the page was hidden: long enough for the bank's app and back. */
  hidden: 15_000,
  /** A token is renewed so long before it ends. */
  renew: 60_000,
  backoff: { least: 500, most: 30_000 },
} as const;

/**
 * One live connection for all elements that share an endpoint and a token: read first, then stream; poll
 * where streams don't get through; renew the token before it ends; say how fresh everything is.
 */
export class Source<V> {
  readonly #door: Door<V>;
  readonly #tokens: Tokens;
  readonly #clock: Clock;
  readonly #berth: Berth;
  readonly #viewers = new Set<Viewer<V>>();
  #connection: Connection = { state: "connecting", confirmed: undefined, failure: undefined };
  /** The server's clock less ours. */
  #skew = 0;
  #last: string | undefined;
  #stopStream: (() => void) | undefined;
  /** Rises when everything under way is given up: late answers of an earlier run are not ours. */
  #run = 0;
  #attempts = 0;
  #streams = 0;
  #emptyStreams = 0;
  #renewed = false;
  #renewalDue = false;
  #hidden = false;
  readonly #timers = new Map<string, () => void>();

  constructor(door: Door<V>, tokens: Tokens, clock: Clock, berth: Berth) {
    this.#door = door;
    this.#tokens = tokens;
    this.#clock = clock;
    this.#berth = berth;
  }

  get connection(): Connection {
    return this.#connection;
  }

  /** Milliseconds since 1970 by the server's clock. */
  now(): number {
    return this.#clock.now() + this.#skew;
  }

  add(viewer: Viewer<V>): void {
    this.#viewers.add(viewer);
    viewer.connection(this.#connection);
    if (this.#viewers.size === 1) void this.refresh();
    else if (this.#connection.state !== "closed") void this.#reread(new Set([viewer.hold]));
  }

  /** Gives back whether anybody is left. */
  remove(viewer: Viewer<V>): boolean {
    this.#viewers.delete(viewer);
    if (this.#viewers.size > 0) return true;
    this.#stop();
    return false;
  }

  /** Reads what is shown once more and then goes on live. */
  async refresh(): Promise<void> {
    this.#stop();
    if (this.#hidden) return this.#say("closed");
    if (this.#connection.state !== "live") this.#say("connecting");
    await this.#reread();
  }

  /** Calls the BFF with the token; renews it and calls once more where it had run out. */
  async call<T>(send: (token: string) => Promise<T>): Promise<T> {
    try {
      return await send(await this.#tokens.current());
    } catch (thrown) {
      if (asFailure(thrown).status !== 401 || !this.#tokens.renewable) throw thrown;
      return send(await this.#tokens.renew());
    }
  }

  /** Takes what an answer to a command brought, as if the stream had. */
  take(message: Message<V>): void {
    this.#skew = message.now - this.#clock.now();
    for (const viewer of this.#viewers) viewer.message(message);
  }

  /** The page was hidden or shown. */
  visibility(hidden: boolean): void {
    this.#hidden = hidden;
    this.#cancel("hidden");
    if (hidden) this.#after("hidden", PATIENCE.hidden, () => this.leave());
    else if (this.#connection.state === "closed") void this.refresh();
    else if (this.#renewalDue) void this.#renew();
  }

  /** The page goes, perhaps into the back/forward cache, which would keep the socket open. */
  leave(): void {
    this.#stop();
    this.#say("closed");
  }

  /** The page came back from the back/forward cache. */
  back(): void {
    this.#attempts = 0;
    this.#hidden = false;
    void this.refresh();
  }

  /** The network came back: no use in waiting for the next attempt. */
  retry(): void {
    if (this.#timers.has("again")) this.back();
  }

  async #read(run: number, holds = new Set([...this.#viewers].map((viewer) => viewer.hold))): Promise<void> {
    const token = await this.#tokens.current();
    for (const hold of holds) {
      const message = await this.#door.read(token, hold);
      if (run !== this.#run) return;
      this.#took(message);
    }
  }

  #goOn(): void {
    if (this.#stopStream) return;
    if (this.#canStream()) void this.#stream();
    else this.#poll();
  }

  #canStream(): boolean {
    return this.#emptyStreams < 2 && this.#berth.take();
  }

  #poll(): void {
    this.#say("polling");
    this.#after("poll", PATIENCE.poll, () => void this.#reread());
  }

  /** Opens a stream; the one before it, if any, is stopped only when this one lives. */
  async #stream(): Promise<void> {
    const run = this.#run;
    const number = ++this.#streams;
    const before = this.#stopStream;
    let token: string;
    try {
      token = await this.#tokens.current();
    } catch (thrown) {
      return run === this.#run ? this.#lost(thrown) : undefined;
    }
    if (run !== this.#run) return;
    let mine = true;
    let alive = false;
    const stop = this.#door.watch(token, this.#last, {
      alive: () => {
        if (!mine) return;
        if (!alive) before?.();
        alive = true;
        this.#alive();
      },
      message: (message, id) => {
        if (!mine) return;
        this.#last = id ?? this.#last;
        this.#took(message);
      },
      ended: (thrown) => mine && number === this.#streams && this.#lost(thrown),
    });
    this.#stopStream = () => {
      mine = false;
      if (!alive) before?.();
      stop();
    };
    this.#after("first", PATIENCE.first, () => {
      this.#emptyStreams += 1;
      this.#hush();
      this.#goOn();
    });
  }

  #alive(): void {
    this.#attempts = 0;
    this.#emptyStreams = 0;
    this.#cancel("first", "grace");
    this.#say("live", this.now());
    this.#after("silence", PATIENCE.silence, () => {
      this.#say("stale");
      this.#lost(undefined);
    });
  }

  #took(message: Message<V>): void {
    this.#attempts = 0;
    this.#renewed = false;
    this.#renewalDue = false;
    this.#skew = message.now - this.#clock.now();
    this.#connection = { ...this.#connection, confirmed: message.now };
    this.#cancel("grace");
    if (this.#tokens.renewable) {
      const left = message.secondsLeft * 1000;
      this.#after("renew", Math.max(left - PATIENCE.renew, left / 2), () => void this.#renew());
    }
    for (const viewer of this.#viewers) viewer.message(message);
  }

  async #renew(): Promise<void> {
    this.#renewalDue = this.#hidden;
    if (this.#hidden) return;
    const run = this.#run;
    try {
      await this.#tokens.renew();
      if (run === this.#run && this.#stopStream) void this.#stream();
    } catch {
      // What runs goes on until its token ends; then a 401 asks once more.
      this.#after("renew", this.#delay(), () => void this.#renew());
    }
  }

  /** The connection broke, or was refused. */
  #lost(thrown: unknown): void {
    this.#hush();
    const failure = thrown === undefined ? undefined : asFailure(thrown);
    if (failure && !failure.passing) {
      if (failure.status === 401 && this.#tokens.renewable && !this.#renewed) return this.#again();
      this.#stop();
      return this.#say("failed", this.#connection.confirmed, failure);
    }
    if (this.#connection.state !== "stale" && !this.#timers.has("grace")) {
      this.#after("grace", PATIENCE.grace, () => this.#say("stale", this.#connection.confirmed, failure));
    }
    this.#after("again", this.#delay(), () => {
      // A stream that resumes where it was needs no reading before it.
      if (this.#last !== undefined && this.#canStream()) void this.#stream();
      else void this.#reread();
    });
  }

  /** One retry with a new token after a 401, and no loop. */
  #again(): void {
    this.#renewed = true;
    const run = this.#run;
    this.#tokens.renew().then(
      () => run === this.#run && void this.#reread(),
      (thrown: unknown) => run === this.#run && this.#lost(thrown),
    );
  }

  async #reread(holds?: Set<string | undefined>): Promise<void> {
    const run = this.#run;
    try {
      await this.#read(run, holds);
      if (run === this.#run) this.#goOn();
    } catch (thrown) {
      if (run === this.#run) this.#lost(thrown);
    }
  }

  #delay(): number {
    const { least, most } = PATIENCE.backoff;
    const longest = Math.min(most, least * 2 ** this.#attempts++);
    return longest * (0.5 + this.#clock.random() / 2);
  }

  /** Ends the stream or the poll, not the run. */
  #hush(): void {
    this.#stopStream?.();
    this.#stopStream = undefined;
    this.#berth.leave();
    this.#cancel("first", "silence", "poll", "again");
  }

  #stop(): void {
    this.#run += 1;
    this.#hush();
    this.#cancel("grace", "renew");
  }

  #say(state: Connection["state"], confirmed = this.#connection.confirmed, failure?: Failure): void {
    const changed = state !== this.#connection.state || failure !== this.#connection.failure;
    this.#connection = { state, confirmed, failure };
    if (changed) for (const viewer of this.#viewers) viewer.connection(this.#connection);
  }

  #after(name: string, ms: number, run: () => void): void {
    this.#cancel(name);
    this.#timers.set(
      name,
      this.#clock.after(ms, () => {
        this.#timers.delete(name);
        run();
      }),
    );
  }

  #cancel(...names: string[]): void {
    for (const name of names) {
      this.#timers.get(name)?.();
      this.#timers.delete(name);
    }
  }
}
