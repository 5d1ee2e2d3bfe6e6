import type { sqlite3_io_methods, Sqlite3Static } from "@sqlite.org/sqlite-wasm";
import type { Random } from "../../src/testing/random.ts";
import { Ailing, PowerCut, type Disk, type File } from "./disk.ts";

export const VFS = "modelled";

type Code = ReturnType<sqlite3_io_methods["xClose"]>;

/** What SQLite has open, by the address of its file structure. */
interface Handle {
  readonly file: File;
  /** As in SQLite's os_unix.c: a journal or log that was made here has its folder synced with its first sync. */
  newName: boolean;
}

/** A place that SQLite's file operations go to: the disk on which the next database is opened, and its chance. */
export interface Drive {
  disk: Disk;
  random: Random;
}

/** Gives SQLite a file system in JavaScript, on a disk that can lose its power. No shared memory: a WAL must be exclusive. */
export function installVfs({ capi, wasm, vfs }: Sqlite3Static, drive: Drive): void {
  const handles = new Map<number, Handle>();
  const io = new capi.sqlite3_io_methods();
  Object.assign(io, { $iVersion: 1 });
  const system = new capi.sqlite3_vfs();
  Object.assign(system, { $iVersion: 1, $szOsFile: new capi.sqlite3_file().structInfo.sizeof, $mxPathname: 512 });

  const { SQLITE_OK, SQLITE_IOERR, SQLITE_FULL, SQLITE_CANTOPEN, SQLITE_IOERR_SHORT_READ, SQLITE_NOTFOUND } = capi;

  /** No exception may pass through SQLite's own code. */
  function works(work: () => void): Code {
    try {
      work();
      return SQLITE_OK;
    } catch (error) {
      if (error instanceof PowerCut) return SQLITE_IOERR;
      if (error instanceof Ailing) return error.how === "is full" ? SQLITE_FULL : SQLITE_IOERR;
      throw error;
    }
  }

  function on(pointer: number, work: (handle: Handle) => void): Code {
    const handle = handles.get(pointer);
    return handle ? works(() => work(handle)) : SQLITE_IOERR;
  }

  const nameAt = (pointer: number) => wasm.cstrToJs(pointer) ?? "";

  // These two answer with a number, and not with a code.
  io.installMethods({ xDeviceCharacteristics: () => capi.SQLITE_IOCAP_POWERSAFE_OVERWRITE });
  system.installMethods({
    xRandomness(_: number, length: number, to: number) {
      wasm.heap8u().set(drive.random.bytes(length), to);
      return length;
    },
  });
  vfs.installVfs({
    io: {
      struct: io,
      methods: {
        xClose: (pointer) => (handles.delete(pointer), SQLITE_OK),
        xRead(pointer, to, length, at) {
          const bytes = handles.get(pointer)?.file.read(whole(at), length) ?? new Uint8Array();
          wasm
            .heap8u()
            .fill(0, to, to + length)
            .set(bytes, to);
          return bytes.length < length ? SQLITE_IOERR_SHORT_READ : SQLITE_OK;
        },
        xWrite: (pointer, from, length, at) =>
          on(pointer, ({ file }) => drive.disk.write(file, whole(at), wasm.heap8u().slice(from, from + length))),
        xTruncate: (pointer, size) => on(pointer, ({ file }) => drive.disk.truncate(file, whole(size))),
        xSync: (pointer) =>
          on(pointer, (handle) => {
            drive.disk.sync(handle.file);
            if (handle.newName) drive.disk.syncFolder();
            handle.newName = false;
          }),
        xFileSize: (pointer, to) => (wasm.poke64(to, BigInt(handles.get(pointer)?.file.size ?? 0)), SQLITE_OK),
        xLock: () => SQLITE_OK,
        xUnlock: () => SQLITE_OK,
        xCheckReservedLock: (_, to) => (wasm.poke32(to, 0), SQLITE_OK),
        xFileControl: () => SQLITE_NOTFOUND,
      },
    },
    vfs: {
      struct: system,
      name: VFS,
      methods: {
        xOpen(_, path, pointer, flags, flagsTo) {
          const name = nameAt(path);
          const found = drive.disk.find(name);
          if (!found && (flags & capi.SQLITE_OPEN_CREATE) === 0) return SQLITE_CANTOPEN;
          const code = works(() => {
            const newName = !found && (flags & (capi.SQLITE_OPEN_MAIN_JOURNAL | capi.SQLITE_OPEN_WAL)) !== 0;
            handles.set(pointer, { file: found ?? drive.disk.create(name), newName });
          });
          if (code !== SQLITE_OK) return code;
          wasm.poke32(flagsTo, flags);
          const file = new capi.sqlite3_file(pointer);
          file.$pMethods = io.pointer;
          file.dispose();
          return SQLITE_OK;
        },
        xDelete: (_, path, sync) =>
          works(() => {
            drive.disk.remove(nameAt(path));
            if (sync) drive.disk.syncFolder();
          }),
        xAccess(_, path, flags, to) {
          // As os_unix.c has it, an empty journal or log is none.
          const file = drive.disk.find(nameAt(path));
          wasm.poke32(to, file !== undefined && (flags !== capi.SQLITE_ACCESS_EXISTS || file.size > 0) ? 1 : 0);
          return SQLITE_OK;
        },
        xFullPathname(_, path, length, to) {
          wasm.jstrcpy(nameAt(path), wasm.heap8u(), to, length);
          return SQLITE_OK;
        },
        xSleep: () => SQLITE_OK,
        xCurrentTime: (_, to) => (wasm.poke64f(to, JULIAN_NOON), SQLITE_OK),
        xGetLastError: () => {},
      },
    },
  });
}

/** 64-bit arguments come as bigint, whatever their type says. */
function whole(value: number | bigint): number {
  return Number(value);
}

/** 1 May 2026, 12:00, as days of the Julian calendar. */
const JULIAN_NOON = 2_461_162;
