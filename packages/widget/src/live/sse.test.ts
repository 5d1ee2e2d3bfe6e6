import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { eventReader } from "./sse.ts";

const stream = [
  "event: connected\ndata: {}\n\n\n",
  'data: {"reason":"Dîner 🍷 412"}\nid: 7\n\n\n',
  "event: ping\ndata: \n\n\n",
  ": a comment\r\n",
  "data: one\r\ndata: two\r\n\r\n",
  "event: return\ndata: \n\n",
].join("");

const events = [
  { event: "connected", data: "{}", id: undefined },
  { event: "", data: '{"reason":"Dîner 🍷 412"}', id: "7" },
  { event: "ping", data: "", id: undefined },
  { event: "", data: "one\ntwo", id: undefined },
  { event: "return", data: "", id: undefined },
];

describe("the reader of server-sent events", () => {
  test("reads what tRPC writes", () => {
    expect(eventReader()(new TextEncoder().encode(stream))).toEqual(events);
  });

  test("reads the same however the bytes are cut, inside a character or a line end included", () => {
    const bytes = new TextEncoder().encode(stream);
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 0, max: bytes.length }), { maxLength: 20 }), (cuts) => {
        const read = eventReader();
        const edges = [0, ...cuts.toSorted((a, b) => a - b), bytes.length];
        const seen = edges.slice(1).flatMap((end, i) => read(bytes.slice(edges[i], end)));
        expect(seen).toEqual(events);
      }),
    );
  });
});
