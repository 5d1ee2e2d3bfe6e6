/** What a script file knows of where it came from. The npm build knows nothing and needs the `endpoint` attribute. */
export interface Settings {
  /** Where calls go when no `endpoint` is said: the script's origin, with the path it is mounted under. */
  endpoint: string;
  /** The fixtures for `demo`, beside the script, and their hash. */
  demo: { readonly url: string; readonly integrity: string } | undefined;
}

export const settings: Settings = { endpoint: "", demo: undefined };

/** The mount of a script that is served as `…/plimsoll/<version>/hold.js`, else its origin. */
export function endpointOf(script: string): string {
  const { origin, pathname } = new URL(script);
  const mount = /^(.*)\/plimsoll\/[^/]+\/[^/]+$/.exec(pathname)?.[1];
  return origin + (mount ?? "");
}
