import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createComputop } from "../computop/computop.ts";
import { createCybersource } from "../cybersource/cybersource.ts";
import { createMoneris } from "../moneris/moneris.ts";
import { startImitation, type Imitation } from "../testing/imitation.ts";

describe.each([
  ["cybersource", createCybersource, "/pts/v2/payments"],
  ["moneris", createMoneris, "/payments?limit=20"],
  ["computop", createComputop, "/api/v2/payments/getByPayId/1"],
])("%s answers the same with and without a socket", (_, create, path) => {
  let imitation: Imitation;
  beforeAll(async () => {
    imitation = await startImitation(create, { clock: { now: () => Date.UTC(2026, 10, 21) } });
  });
  afterAll(() => imitation.close());

  const both = async (method: string, target: string, body = "") => {
    const headers = { "content-type": "application/json", "x-correlation-id": "the-same" };
    const sent = await fetch(imitation.url + target, { method, headers, ...(method === "GET" ? {} : { body }) });
    const heard = await imitation.gateway.answer({ method, target, headers, raw: Buffer.from(body) });
    return { sent: { status: sent.status, body: await sent.text() }, heard };
  };

  it.each([
    ["a caller that is not known", "POST", path],
    ["a path that is not there", "GET", "/nowhere/%E0%A4%A"],
  ])("%s", async (_what, method, target) => {
    const { sent, heard } = await both(method, target, "{}");
    expect(heard).toMatchObject({ ...sent, after: 0 });
    expect(heard?.headers["content-type"]).toMatch(/json/);
  });

  it("an answer that a fault loses", async () => {
    imitation.script({ do: "drop", when: "before", times: "always" });
    const authorization = `Basic ${Buffer.from("plimsoll_test:sandbox-paygate-api-key").toString("base64")}`;
    const request = { method: "GET", target: path, headers: { authorization }, raw: Buffer.alloc(0) };
    const heard = await imitation.gateway.answer(request);
    expect(heard === null).toBe(imitation.gateway.name === "computop");
    imitation.reset();
  });
});
