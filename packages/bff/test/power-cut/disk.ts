import type { Random } from "../../src/testing/random.ts";

/**
 * A disk as POSIX promises it and no better: what was written since a file's last sync may be lost in pieces and in
 * any order when the power goes, and so may a name that came or went since its folder's last sync. One folder.
 */
export class Disk {
  readonly #names = new Map<string, File>();
  readonly #safeNames = new Map<string, File>();
  #unsafeNames: { readonly name: string; readonly file: File | undefined }[] = [];
  #left = Infinity;
  #goes: () => void = () => {};
  /** Resolves when the power goes. */
  gone: Promise<void> = new Promise(() => {});
  /** What the disk was asked to do when the power went. */
  last = "nothing";
  #counted: "operations" | "syncs" = "operations";
  #ailing: { readonly how: Ailment; after: number; times: number } | undefined;

  /** The power goes in the middle of the so manieth operation from now, or of the so manieth sync. */
  goesAfter(count: number, of: "operations" | "syncs"): void {
    this.#left = count;
    this.#counted = of;
    this.gone = new Promise((resolve) => (this.#goes = resolve));
  }

  /** From the so manieth change on, so many are refused: where the disk is full those that make a file grow, else all. */
  ails(how: Ailment, after: number, times: number): void {
    this.#ailing = { how, after, times };
  }

  recovers(): void {
    this.#ailing = undefined;
  }

  get ailing(): boolean {
    return this.#ailing !== undefined;
  }

  get on(): boolean {
    return this.#left > 0;
  }

  find(name: string): File | undefined {
    return this.#names.get(name);
  }

  create(name: string): File {
    const file = new File(name);
    this.#changes(`creating ${name}`, () => this.#name(name, file), true);
    return file;
  }

  remove(name: string): void {
    this.#changes(`removing ${name}`, () => this.#name(name, undefined));
  }

  write(file: File, at: number, bytes: Uint8Array): void {
    this.#changes(`writing ${file.name}`, () => file.write(at, bytes), at + bytes.length > file.size);
  }

  truncate(file: File, size: number): void {
    this.#changes(`truncating ${file.name}`, () => file.truncate(size));
  }

  sync(file: File): void {
    this.#secures(`syncing ${file.name}`, () => file.sync());
  }

  syncFolder(): void {
    this.#secures("syncing the folder", () => {
      for (const change of this.#unsafeNames) rename(this.#safeNames, change);
      this.#unsafeNames = [];
    });
  }

  /** The disk as it is found when the power is back. */
  after(random: Random): Disk {
    const found = new Disk();
    for (const change of this.#unsafeNames) if (random.chance(0.5)) rename(this.#safeNames, change);
    for (const [name, file] of this.#safeNames) {
      const left = file.after(random);
      found.#names.set(name, left);
      found.#safeNames.set(name, left);
    }
    return found;
  }

  #name(name: string, file: File | undefined): void {
    const change = { name, file };
    rename(this.#names, change);
    this.#unsafeNames.push(change);
  }

  /** A change in which the power goes may or may not reach the disk; a sync in which it goes has secured nothing. */
  #changes(what: string, change: () => void, grows = false): void {
    if (!this.on) throw new PowerCut();
    this.#mayRefuse(grows);
    change();
    this.#counts(what);
  }

  #secures(what: string, secure: () => void): void {
    if (!this.on) throw new PowerCut();
    this.#mayRefuse(false);
    this.#counts(what, "syncs");
    secure();
  }

  #mayRefuse(grows: boolean): void {
    const ailing = this.#ailing;
    if (!ailing || ailing.after-- > 0 || (ailing.how === "is full" && !grows)) return;
    if (--ailing.times === 0) this.#ailing = undefined;
    throw new Ailing(ailing.how);
  }

  #counts(what: string, kind?: "syncs"): void {
    if (this.#counted === "operations" || kind === this.#counted) this.#left -= 1;
    if (this.on) return;
    this.last = what;
    this.#goes();
    throw new PowerCut();
  }
}

export class PowerCut extends Error {}

export type Ailment = "is full" | "fails";

export class Ailing extends Error {
  readonly how: Ailment;
  constructor(how: Ailment) {
    super(`the disk ${how}`);
    this.how = how;
  }
}

function rename(names: Map<string, File>, { name, file }: { name: string; file: File | undefined }): void {
  if (file) names.set(name, file);
  else names.delete(name);
}

type Change = { readonly at: number; readonly bytes: Uint8Array } | { readonly size: number };

/** What a running system reads of a file, what of it is safe, and the changes between the two. */
export class File {
  readonly name: string;
  readonly #now: Content;
  readonly #safe: Content;
  #unsafe: Change[] = [];

  constructor(name: string, content = new Content()) {
    this.name = name;
    this.#now = content;
    this.#safe = content.copy();
  }

  get size(): number {
    return this.#now.size;
  }

  read(at: number, length: number): Uint8Array {
    return this.#now.read(at, length);
  }

  write(at: number, bytes: Uint8Array): void {
    this.#change({ at, bytes });
  }

  truncate(size: number): void {
    this.#change({ size });
  }

  sync(): void {
    for (const change of this.#unsafe) this.#safe.take(change);
    this.#unsafe = [];
  }

  after(random: Random): File {
    const left = this.#safe.copy();
    const piece = random.pick([512, 4_096]);
    for (const change of this.#unsafe.flatMap((one) => pieces(one, piece))) {
      const kept = survivor(change, random);
      if (kept) left.take(kept);
    }
    return new File(this.name, left);
  }

  #change(change: Change): void {
    this.#now.take(change);
    this.#unsafe.push(change);
  }
}

/** A write reaches the disk sector by sector. */
function pieces(change: Change, size: number): Change[] {
  if ("size" in change) return [change];
  const { at, bytes } = change;
  const cut: Change[] = [];
  for (let from = 0; from < bytes.length;) {
    const to = Math.min(bytes.length, from + size - ((at + from) % size));
    cut.push({ at: at + from, bytes: bytes.subarray(from, to) });
    from = to;
  }
  return cut;
}

/** Half of the pieces arrive whole, one in ten in part, and the others not at all. */
function survivor(change: Change, random: Random): Change | undefined {
  if (random.chance(0.5)) return change;
  if ("size" in change || random.chance(0.8)) return undefined;
  return { at: change.at, bytes: change.bytes.subarray(0, random.below(change.bytes.length + 1)) };
}

class Content {
  #bytes: Uint8Array;
  size: number;

  constructor(bytes: Uint8Array = new Uint8Array(4_096), size = 0) {
    this.#bytes = bytes;
    this.size = size;
  }

  copy(): Content {
    return new Content(this.#bytes.slice(), this.size);
  }

  read(at: number, length: number): Uint8Array {
    return this.#bytes.subarray(Math.min(at, this.size), Math.min(at + length, this.size));
  }

  take(change: Change): void {
    if ("size" in change) {
      this.#bytes.fill(0, Math.min(change.size, this.size), this.size);
      this.size = Math.min(change.size, this.size);
      return;
    }
    const end = change.at + change.bytes.length;
    if (end > this.#bytes.length) this.#grow(end);
    this.#bytes.set(change.bytes, change.at);
    this.size = Math.max(this.size, end);
  }

  #grow(size: number): void {
    const grown = new Uint8Array(Math.max(size, this.#bytes.length * 2));
    grown.set(this.#bytes);
    this.#bytes = grown;
  }
}
