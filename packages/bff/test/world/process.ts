import type { Clock } from "../../src/clock.ts";
import { isPoll, type Polls } from "./polls.ts";
import type { Timeline } from "./timeline.ts";

type Kind = "timer" | "message";
type Place = "anywhere" | "connecting";

/**
 * What an operating system does to a process: it runs; it stands still, and finds on waking all that came meanwhile; it
 * is killed, and then nothing that it waited for ever comes. What it had sent before goes on without it.
 */
export class Process {
  readonly name: string;
  readonly clock: Clock;
  readonly #timeline: Timeline;
  readonly #died: () => void;
  readonly #polls: Polls;
  readonly #kept: { readonly kind: Kind; readonly run: () => void }[] = [];
  /** How far ahead its clocks are asked what will be. */
  #probed: number;
  #life: "runs" | "stands still" | "is dead" = "runs";
  readonly #fuses: { left: number; readonly what: () => void; readonly place: Place }[] = [];

  /** @param apart how far its machine's wall clock is from what time it is, in milliseconds */
  constructor(name: string, timeline: Timeline, polls: Polls, { apart, died }: { apart: number; died: () => void }) {
    this.name = name;
    this.#timeline = timeline;
    this.#died = died;
    this.#polls = polls;
    const born = timeline.now;
    this.#probed = 0;
    this.clock = {
      now: () => timeline.now + apart + this.#probed,
      monotonic: () => timeline.now - born + this.#probed,
      after: (milliseconds, run) => this.#after(milliseconds, run),
    };
  }

  get life() {
    return this.#life;
  }

  /** What time it is, whatever its clock says. */
  get time(): number {
    return this.#timeline.now;
  }

  /** Does it in this process, now or once it goes on; never after its end. */
  does(run: () => void, kind: Kind = "message"): void {
    if (this.#life === "runs") run();
    else if (this.#life === "stands still") this.#kept.push({ kind, run });
  }

  /** After so much time. */
  later(milliseconds: number, what: string, run: () => void): void {
    this.#timeline.in(milliseconds, `${this.name} ${what}`, () => this.does(run));
  }

  /** In how many milliseconds this will be so, by its own clocks; `most` where it won't be by then. */
  until(isSo: () => boolean, most: number): number {
    let [least, end] = [0, most];
    while (least < end) {
      this.#probed = Math.floor((least + end) / 2);
      if (isSo()) end = this.#probed;
      else least = this.#probed + 1;
    }
    this.#probed = 0;
    return least;
  }

  standsStill(): void {
    if (this.#life !== "runs") return;
    this.#life = "stands still";
    this.#timeline.says(`${this.name} STANDS STILL`);
  }

  /** What fell due meanwhile runs now. An event loop that was stopped while it waited hears messages before its timers. */
  goesOn(timersFirst: boolean): void {
    if (this.#life !== "stands still") return;
    this.#life = "runs";
    const kept = this.#kept.splice(0);
    const ordered = timersFirst
      ? kept.toSorted((a, b) => Number(b.kind === "timer") - Number(a.kind === "timer"))
      : kept;
    for (const { kind, run } of ordered) this.#timeline.in(0, `${this.name} goes on`, () => this.does(run, kind));
  }

  /**
   * Something befalls it at the so many-th boundary from now: when a commit is decided, when it stands, while it
   * connects, when a request is written, when an answer is heard; or counting those alone where it connects.
   */
  befalls(boundary: number, what: () => void, place: Place = "anywhere"): void {
    this.#fuses.push({ left: boundary, what, place });
  }

  /** True where it has died here. */
  boundary(here: Place = "anywhere"): boolean {
    for (const fuse of this.#fuses.slice()) {
      if (fuse.place !== "anywhere" && fuse.place !== here) continue;
      fuse.left -= 1;
      if (fuse.left > 0 || this.#life === "is dead") continue;
      this.#fuses.splice(this.#fuses.indexOf(fuse), 1);
      fuse.what();
    }
    return this.#life === "is dead";
  }

  /** Nothing befalls it any more. */
  isSafe(): void {
    this.#fuses.length = 0;
  }

  dies(): void {
    if (this.#life === "is dead") return;
    this.#life = "is dead";
    this.#timeline.says(`${this.name} DIES`);
    this.#died();
  }

  #after(milliseconds: number, run: () => void): () => void {
    let wanted = true;
    const fire = () => this.does(() => wanted && run(), "timer");
    const due = isPoll(milliseconds) ? () => void (wanted && this.#polls.falls(milliseconds, fire)) : fire;
    const cancel = this.#timeline.in(milliseconds, `${this.name} timer`, due);
    return () => {
      wanted = false;
      cancel();
    };
  }
}
