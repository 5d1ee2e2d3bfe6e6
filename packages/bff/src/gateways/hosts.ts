const LOOPBACK = new Set(["localhost", "127.0.0.1", "[::1]"]);

/** A gateway's own base URLs, by mode. */
export type KnownHosts = Readonly<Record<"test" | "live", readonly string[]>>;

/**
 * Why an account's requests may not go to this base URL, in words; undefined where they may: to https, or in test mode
 * by http to this machine (the sandbox). What is known to be the other mode's is never this one's: money that is real
 * under a mark that says test, or a hold that is shown and was never placed.
 */
export function hostRefusal(host: string, mode: "test" | "live", known: KnownHosts): string | undefined {
  if (!isPlain(host) || !isSafe(new URL(host), mode))
    return "https and no path; http only to this machine, and only in test mode";
  const other = mode === "test" ? "live" : "test";
  const isOthers = known[other].includes(new URL(host).origin);
  return isOthers ? `this is the gateway's ${other} host, and the account is in ${mode} mode` : undefined;
}

function isPlain(host: string): boolean {
  if (!URL.canParse(host)) return false;
  const { pathname, search, hash, username, password } = new URL(host);
  return pathname === "/" && !(search || hash || username || password);
}

function isSafe({ protocol, hostname }: URL, mode: "test" | "live"): boolean {
  return protocol === "https:" || (protocol === "http:" && mode === "test" && LOOPBACK.has(hostname));
}
