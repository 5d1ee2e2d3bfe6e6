import type { NextFunction, RequestHandler, Response } from "express";
import type { Clock } from "../clock.ts";

/** Requests under way. Once the service stops nobody else is let in, and who is in has an answer before the store closes. */
export interface Visitors {
  /** Lets a request in, or has it refused. */
  admit(refuse: (response: Response, next: NextFunction) => void): RequestHandler;
  gone(): Promise<void>;
}

/** A caller who takes no answer is not waited for longer than this. */
const LONGEST = 5_000;

export function createVisitors(clock: Clock, closing: AbortSignal): Visitors {
  const inside = new Set<Response>();
  let emptied = () => {};
  return {
    admit: (refuse) => (_request, response, next) => {
      if (closing.aborted) {
        // On a connection that is kept the next request would come here too.
        response.set("Connection", "close");
        return refuse(response, next);
      }
      inside.add(response);
      response.once("close", () => {
        inside.delete(response);
        if (inside.size === 0) emptied();
      });
      next();
    },
    gone() {
      if (inside.size === 0) return Promise.resolve();
      return new Promise((resolve) => {
        const cancel = clock.after(LONGEST, resolve);
        emptied = () => {
          cancel();
          resolve();
        };
      });
    },
  };
}
