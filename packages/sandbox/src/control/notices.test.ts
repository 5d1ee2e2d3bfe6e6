import { createServer } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { createChanges } from "./changes.ts";
import { createOutbox } from "./notices.ts";

const ends: (() => void)[] = [];
afterEach(() => {
  for (const end of ends.splice(0)) end();
});

/** A merchant's server that keeps what it is told and answers each with the status. */
async function merchantServer(status = 204) {
  const heard: { body: string; signature: string | undefined }[] = [];
  const server = createServer((request, response) => {
    let body = "";
    request.setEncoding("utf8").on("data", (text: string) => {
      body += text;
    });
    request.on("end", () => {
      heard.push({ body, signature: request.headers["x-signature"]?.toString() });
      response.writeHead(status, { location: "http://127.0.0.1:1/elsewhere" }).end();
    });
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  ends.push(() => server.close());
  const { port } = server.address() as AddressInfo;
  return { heard, url: `http://127.0.0.1:${port}/hook` };
}

function outbox() {
  const changes = createChanges();
  const notices = createOutbox({ clock: { now: () => 0 }, changes });
  const delivered = () =>
    new Promise<void>((resolve) => {
      const stop = changes.listen(() => {
        if (notices.reports().every(({ deliveries }) => deliveries.length === 0)) return;
        stop();
        resolve();
      });
    });
  return { notices, delivered };
}

const headers = { "content-type": "text/plain", "x-signature": "true" };

describe("a notice", () => {
  it("is delivered at once, and what it was answered is kept", async () => {
    const { heard, url } = await merchantServer();
    const { notices, delivered } = outbox();
    const done = delivered();
    notices.post({ url, headers, body: "paid", reference: "p1" });
    await done;
    expect(heard).toEqual([{ body: "paid", signature: "true" }]);
    expect(notices.reports()[0]?.deliveries).toMatchObject([{ status: 204, failure: null, forged: false }]);
  });

  it("that is held goes out when it is sent: twice, and after a later one", async () => {
    const { heard, url } = await merchantServer();
    const { notices } = outbox();
    notices.deliver("held");
    for (const body of ["first", "second"]) notices.post({ url, headers, body, reference: "p1" });
    const [first = "", second = ""] = notices.reports().map(({ id }) => id);
    for (const id of [second, first, first]) await notices.send(id);
    expect(heard.map(({ body }) => body)).toEqual(["second", "first", "first"]);
  });

  it("that is forged says something else under the true signature", async () => {
    const { heard, url } = await merchantServer(401);
    const { notices } = outbox();
    notices.deliver("held");
    notices.post({ url, headers, body: "paid 10", reference: "p1" });
    const told = await notices.send("notice-1", { body: "paid 99" });
    expect(heard).toEqual([{ body: "paid 99", signature: "true" }]);
    expect(told).toMatchObject({ body: "paid 10", deliveries: [{ status: 401, forged: true }] });
  });

  it("follows no redirect", async () => {
    const { url } = await merchantServer(302);
    const { notices } = outbox();
    notices.deliver("held");
    notices.post({ url, headers, body: "paid", reference: "p1" });
    expect((await notices.send("notice-1"))?.deliveries).toMatchObject([{ status: 302 }]);
  });

  it.each(["https://shop.example/hook", "http://127.0.0.1.nip.io/", "ftp://localhost/", "hook"])(
    "never leaves this machine: %s",
    async (url) => {
      const { notices } = outbox();
      notices.deliver("held");
      notices.post({ url, headers, body: "paid", reference: "p1" });
      expect((await notices.send("notice-1"))?.deliveries).toMatchObject([
        { status: null, failure: "The sandbox calls only this machine." },
      ]);
    },
  );

  it("to a server that is down says so", async () => {
    const { notices } = outbox();
    notices.deliver("held");
    notices.post({ url: "http://127.0.0.1:1/hook", headers, body: "paid", reference: "p1" });
    expect((await notices.send("notice-1"))?.deliveries).toMatchObject([{ status: null, forged: false }]);
    expect(await notices.send("notice-9")).toBeUndefined();
  });
});
