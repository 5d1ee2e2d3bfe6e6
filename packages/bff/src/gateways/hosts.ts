const LOOPBACK = new Set(["localhost", "127.0.0.1", "[::1]"]);

/** How settings refuse a host that `isAllowedHost` doesn't allow. */
export const HOST_REFUSED = "https and no path; http only to this machine, and only in test mode";

/** Whether an account's requests may go to this base URL: https, or in test mode http to this machine (the sandbox). */
export function isAllowedHost(host: string, mode: "test" | "live"): boolean {
  if (!URL.canParse(host)) return false;
  const { protocol, hostname, pathname, search, hash, username, password } = new URL(host);
  if (pathname !== "/" || search || hash || username || password) return false;
  return protocol === "https:" || (protocol === "http:" && mode === "test" && LOOPBACK.has(hostname));
}
