import { Router, static as files } from "express";

/**
 * The elements' script files. Releases never change, so that pages may pin them with an integrity hash; a working
 * build is not stored by anybody. Any page may load them: that is what they are for.
 */
export function mountScripts({
  releases,
  working,
}: {
  releases?: string | undefined;
  working?: string | undefined;
}): Router {
  const scripts = Router({ caseSensitive: true });
  scripts.use((_request, response, next) => {
    response.set("Access-Control-Allow-Origin", "*").set("Cross-Origin-Resource-Policy", "cross-origin");
    next();
  });
  const options = { index: false, redirect: false, dotfiles: "ignore", cacheControl: false } as const;
  if (working !== undefined) {
    scripts.use(
      "/dev",
      files(working, { ...options, setHeaders: (response) => void response.setHeader("Cache-Control", "no-store") }),
    );
  }
  if (releases !== undefined) {
    scripts.use(
      files(releases, { ...options, setHeaders: (response) => void response.setHeader("Cache-Control", FOR_EVER) }),
    );
  }
  return scripts;
}

const FOR_EVER = "public, max-age=31536000, immutable";
