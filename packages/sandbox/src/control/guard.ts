import type { RequestHandler } from "express";

/**
 * The door has no password: it answers programs on this machine and its own page. Another page must reach it neither
 * through a name that resolves to loopback, nor by a plain form, nor from another port of this machine. Only walking
 * to the page itself is open to a link; it can be put into no frame.
 */
export const onlyFromThisMachine: RequestHandler = (request, response, next) => {
  const { headers, hostname, method, path } = request;
  const local = hostname === "127.0.0.1" || hostname === "localhost";
  const ownPage = headers.origin === undefined || headers.origin === `http://${headers.host}`;
  const site = headers["sec-fetch-site"];
  const ownSite = site === undefined || site === "none" || site === "same-origin";
  const walked = method === "GET" && path === "/" && headers["sec-fetch-mode"] === "navigate";
  if (local && ((ownPage && ownSite) || walked)) next();
  else response.status(403).json({ error: "The control door answers only programs on this machine." });
};
