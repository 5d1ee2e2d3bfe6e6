/** One event of a stream of server-sent events. */
export interface ServerEvent {
  readonly event: string;
  readonly data: string;
  readonly id: string | undefined;
}

/**
 * A reader of server-sent events that takes bytes however the network cut them, in the middle of a
 * character or of a line end included. HTML standard, "Server-sent events", "Parsing an event stream".
 */
export function eventReader(): (bytes: Uint8Array) => ServerEvent[] {
  const decoder = new TextDecoder();
  let rest = "";
  let event = "";
  let data: string[] = [];
  let id: string | undefined;

  return (bytes) => {
    const events: ServerEvent[] = [];
    const lines = (rest + decoder.decode(bytes, { stream: true })).split(LINE_END);
    rest = lines.pop() ?? "";
    for (const line of lines) {
      const [, field, value = ""] = /^([^:]*):? ?(.*)$/s.exec(line) ?? [];
      if (line === "") {
        if (data.length > 0) events.push({ event, data: data.join("\n"), id });
        event = "";
        data = [];
        id = undefined;
      } else if (field === "event") event = value;
      else if (field === "data") data.push(value);
      else if (field === "id") id = value;
    }
    return events;
  };
}

/** A lone CR at the end of what arrived may be the first half of CRLF. */
const LINE_END = /\r\n|\n|\r(?!$)/;
