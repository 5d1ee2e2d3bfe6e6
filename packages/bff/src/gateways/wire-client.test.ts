import { once } from "node:events";
import { createServer, type Server, type Socket } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { ManualClock, quiet } from "../testing/manual-clock.ts";
import { deadlineIn } from "./deadline.ts";
import { createWireClient, type WireClient, type WireRequest } from "./wire-client.ts";

const closing: (() => Promise<unknown> | void)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

const SECRET = "the-signature-of-a-money-call";
const never = new AbortController().signal;

describe("an answer", () => {
  it("is read whole, whatever its status, and a redirect is not followed", async () => {
    const { origin, received } = await server(answering("HTTP/1.1 307 Away", "location: /elsewhere\r\n", "moved"));
    const result = await client().send(money(origin), never);
    expect(result).toEqual({ is: "answered", status: 307, contentType: "", body: "moved" });
    expect(received()).toHaveLength(1);
  });

  it("goes out in the very bytes that were given", async () => {
    const { origin, received } = await server(answering("HTTP/1.1 201 Created", "", "{}"));
    const body = '{"amount":"10.00","name":"Zoë"}';
    await client().send({ ...money(origin), body }, never);
    expect(received()[0]?.endsWith(`\r\n\r\n${body}`)).toBe(true);
    expect(received()[0]).toContain(`content-length: ${Buffer.byteLength(body)}`);
  });

  it("that is larger than an answer can be tells nothing", async () => {
    const { origin } = await server(answering("HTTP/1.1 201 Created", "", "x".repeat(300_000)));
    expect(await client().send(money(origin), never)).toEqual({ is: "unclear", cause: "answer_too_large" });
  });
});

describe("certainly not sent", () => {
  it("is a connection that is refused", async () => {
    const { origin, close } = await server(() => undefined);
    await close();
    expect(await client().send(money(origin), never)).toEqual({ is: "not_sent", cause: "econnrefused" });
  });

  it("is a name that is not known", async () => {
    const result = await client().send(money("http://no-such-host.invalid"), never);
    expect(result.is).toBe("not_sent");
  });

  it("is a TLS handshake that fails", async () => {
    const { origin } = await server(answering("HTTP/1.1 201 Created", "", "{}"));
    const result = await client().send(money(origin.replace("http:", "https:")), never);
    expect(result.is).toBe("not_sent");
  });

  it("is a wait that ends before the connection stands", async () => {
    const { origin, received } = await server(answering("HTTP/1.1 201 Created", "", "{}"));
    const aborted = new AbortController();
    const sending = client().send(money(origin), aborted.signal);
    aborted.abort();
    expect(await sending).toEqual({ is: "not_sent", cause: "aborted" });
    expect(await client().send(money(origin), never)).toMatchObject({ status: 201 });
    expect(received()).toHaveLength(1);
  });

  it("is what a process had yet to write that stood still past its deadline, whichever comes first when it goes on", async () => {
    const { origin, received } = await server(answering("HTTP/1.1 201 Created", "", "{}"));
    const clock = new ManualClock();
    const { signal } = deadlineIn(60_000, clock);
    const connecting = client().send(money(origin), signal);
    // No timer has run: the connection stands, or a token has come, before the signal aborts.
    clock.stalls(60_000);
    expect(await connecting).toEqual({ is: "not_sent", cause: "aborted" });
    expect(await client().send(money(origin), signal)).toEqual({ is: "not_sent", cause: "aborted" });
    expect(received()).toHaveLength(0);
  });

  it("is a request that was aborted before", async () => {
    expect(await client().send(money("http://127.0.0.1:9"), AbortSignal.abort())).toEqual({
      is: "not_sent",
      cause: "aborted",
    });
  });
});

describe("a connection", () => {
  it("that was idle for three seconds is closed, before a server would, and the next request goes out on another", async () => {
    const used: Socket[] = [];
    const { origin, received } = await server((socket) => {
      used.push(socket);
      answering("HTTP/1.1 201 Created", "", "{}")(socket);
    });
    const wire = client();
    for (let sent = 0; sent < 2; sent += 1) {
      expect((await wire.send(money(origin), never)).is).toBe("answered");
      // Only then is the connection free.
      await quiet();
    }
    const [first, second] = used;
    if (!first) throw new Error("nothing came");
    expect(second === first).toBe(true);
    // Many servers close after 5 s.
    await once(first, "close", { signal: AbortSignal.timeout(5_000) });
    expect((await wire.send(money(origin), never)).is).toBe("answered");
    expect(used[2] === first).toBe(false);
    expect(received()).toHaveLength(3);
  });
});

describe("unclear", () => {
  it("is a connection that is reset after the request went out, and it is not sent again", async () => {
    const { origin, received } = await server((socket) => socket.resetAndDestroy());
    const result = await client().send(money(origin), never);
    expect(result.is).toBe("unclear");
    expect(received()).toHaveLength(1);
    expect(JSON.stringify(result)).not.toContain(SECRET);
  });

  it("is a connection that is closed without an answer, and it is not sent again", async () => {
    const { origin, received } = await server((socket) => socket.end());
    expect((await client().send(money(origin), never)).is).toBe("unclear");
    expect(received()).toHaveLength(1);
  });

  it("is a reused connection that is closed under the second request, which is not sent again", async () => {
    let requests = 0;
    const { origin, received } = await server((socket) => {
      requests += 1;
      return requests === 1 ? answering("HTTP/1.1 201 Created", "", "{}")(socket) : socket.destroy();
    });
    const wire = client();
    expect((await wire.send(money(origin), never)).is).toBe("answered");
    expect((await wire.send(money(origin), never)).is).toBe("unclear");
    expect(received()).toHaveLength(2);
  });

  it("is a body that is cut off", async () => {
    const { origin } = await server((socket) => {
      socket.end('HTTP/1.1 201 Created\r\ncontent-length: 500\r\n\r\n{"status":"AUTHOR');
    });
    expect((await client().send(money(origin), never)).is).toBe("unclear");
  });

  it("is a deadline that passes while the answer is awaited", async () => {
    const deadline = new AbortController();
    const { origin } = await server(() => deadline.abort());
    expect(await client().send(money(origin), deadline.signal)).toEqual({ is: "unclear", cause: "timed_out" });
  });
});

function client(): WireClient {
  const wire = createWireClient();
  closing.unshift(() => wire.close());
  return wire;
}

function money(origin: string): WireRequest {
  return { origin, method: "PATCH", path: "/payments/1", headers: { authorization: SECRET }, body: '{"a":1}' };
}

function answering(status: string, headers: string, body: string) {
  return (socket: Socket) => {
    socket.write(`${status}\r\n${headers}content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
  };
}

/** A bare socket server: answers when a whole request has come, in whatever way the test says. */
async function server(answer: (socket: Socket) => unknown) {
  const received: string[] = [];
  const sockets = new Set<Socket>();
  const listening: Server = createServer((socket) => {
    let text = "";
    sockets.add(socket);
    socket.on("error", () => undefined);
    socket.on("data", (chunk: Buffer) => {
      text += chunk.toString("utf8");
      if (!text.startsWith("PATCH")) return void socket.end("not TLS");
      const length = /content-length: (\d+)/.exec(text)?.[1];
      const body = text.split("\r\n\r\n")[1];
      if (length === undefined || body === undefined || Buffer.byteLength(body) < Number(length)) return;
      received.push(text);
      text = "";
      answer(socket);
    });
  });
  const { promise, resolve } = Promise.withResolvers<void>();
  listening.listen(0, "127.0.0.1", resolve);
  await promise;
  const address = listening.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  const close = () => {
    for (const socket of sockets) socket.destroy();
    return new Promise<void>((done) => listening.close(() => done()));
  };
  closing.push(close);
  return { origin: `http://127.0.0.1:${address.port}`, received: () => received, close };
}
