import type { Express } from "express";
import type { Changes } from "./changes.ts";

/** `GET /changes`: server-sent events, one `change` for whatever changed in the same turn; it says only that. */
export function serveChanges(app: Express, changes: Changes): void {
  app.get("/changes", (request, response) => {
    response.set({ "content-type": "text/event-stream", "cache-control": "no-store" });
    response.write("retry: 1000\n\n");
    let due = false;
    const stop = changes.listen(() => {
      if (due) return;
      due = true;
      setImmediate(() => {
        due = false;
        response.write("event: change\ndata: {}\n\n");
      });
    });
    request.once("close", stop);
  });
}
