import { setTimeout as sleep } from "node:timers/promises";
import express from "express";
import type { Express, Response } from "express";
import { createAnswering } from "./answer-wire.ts";
import type { WireParts } from "./answer-wire.ts";
import { hear } from "./line.ts";
import type { Heard, Line } from "./line.ts";
import type { Incoming, Wire } from "./wire.ts";

/** A gateway's wire: over HTTP, and without a socket for whoever is in the same process. */
export interface ServedWire {
  readonly wire: Express;
  answer(request: Incoming): Promise<Heard>;
}

/** Adds a gateway's documented paths to `app`; whatever the gateway serves besides must stand on it already. */
export function serveWire<Caller>(app: Express, wire: Wire<Caller>, parts: WireParts): ServedWire {
  const answer = createAnswering(wire, parts);
  app.disable("x-powered-by");
  app.disable("etag");
  app.use(express.raw({ type: () => true, limit: "256kb" }));
  app.use(({ method, originalUrl: target, headers, body }, response) => {
    const raw = Buffer.isBuffer(body) ? body : Buffer.alloc(0);
    return answer({ method, target, headers, raw }, overSocket(response));
  });
  return { wire: app, answer: (request) => hear(answer, request) };
}

function overSocket(response: Response): Line {
  return {
    get gone() {
      return response.destroyed;
    },
    send: ({ status, headers, body }) => void response.status(status).set(headers).send(body),
    cut: () => void response.destroy(),
    async sendHalf({ status, headers, body }) {
      const bytes = Buffer.from(body);
      response.status(status).set({ ...headers, "content-length": String(bytes.length) });
      await new Promise<void>((resolve) => {
        response.write(bytes.subarray(0, bytes.length / 2), () => resolve());
      });
      response.socket?.resetAndDestroy();
    },
    pause: (ms) => sleep(ms, undefined, { ref: false }),
  };
}
