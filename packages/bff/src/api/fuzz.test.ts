import { codes } from "@plimsoll/shared";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { appRouter } from "./router.ts";
import { refusalOf, World } from "./testing/harness.ts";

let world: World;
let hold: string;
beforeAll(async () => {
  world = await World.start();
  hold = (await world.open()).id;
});
afterAll(() => world.stop());

const procedures = Object.keys(appRouter._def.procedures).filter((name) => !name.endsWith(".watch"));

/** Bodies that a stranger might send: any JSON, and objects with the names that the inputs have. */
function bodies(): fc.Arbitrary<unknown> {
  const odd = fc.oneof(
    fc.jsonValue(),
    fc.double(),
    fc.string(),
    fc.constantFrom<unknown>("__proto__", "USD", "usd", "4111111111111111", 1e21, -0, 0.1, null, [], {}),
  );
  const value = fc.oneof(odd, fc.constant(hold), fc.constant(`step_${"0".repeat(32)}`));
  const names = [
    "hold",
    "step",
    "amount",
    "currency",
    "question",
    "total",
    "version",
    "order",
    "payment",
    "evidence",
    "scope",
    "holds",
  ];
  const named = fc.dictionary(fc.constantFrom(...names, "__proto__", "constructor", "x"), value);
  return fc.oneof({ weight: 3, arbitrary: named }, { weight: 1, arbitrary: odd });
}

test.each(procedures)(
  "%s: whatever it is sent, a closed code or an answer, never a fault, and no hold changes",
  async (procedure) => {
    const payer = await world.payerToken(hold);
    const desk = await world.deskToken();
    const by =
      { widget: { token: payer }, console: { token: desk }, merchant: {} }[procedure.split(".")[0] ?? ""] ?? {};
    const reads = /\.(hold|holds|receipt|history)$/.test(procedure);
    const before = await world.state();
    const refused = async (body: unknown) => {
      const answer = await world.call(procedure, body, by);
      if (reads && answer.status === 200) return;
      expect(answer.status).toBeGreaterThanOrEqual(400);
      expect(answer.status).toBeLessThan(500);
      expect(codes).toHaveProperty(refusalOf(answer).code);
    };
    // Ten at a time, for speed. A release needs no more than the hold's id: that one would be a good request.
    const isGood = (body: unknown) => procedure.endsWith(".reverse") && Reflect.get(Object(body), "hold") === hold;
    const ten = fc.array(
      bodies().filter((body) => !isGood(body)),
      { minLength: 10, maxLength: 10 },
    );
    await fc.assert(
      fc.asyncProperty(ten, async (all) => {
        await Promise.all(all.map(refused));
      }),
      { numRuns: 20 },
    );
    expect(await world.state()).toBe(before);
  },
);
