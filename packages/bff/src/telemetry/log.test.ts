import { expect, test } from "vitest";
import { createLog } from "./log.ts";

function written(...say: readonly unknown[]): string {
  const lines: string[] = [];
  const log = createLog({ to: { write: (line) => void lines.push(line) } });
  for (const what of say) log.info(what);
  return lines.join("");
}

test("named secrets are left out, at the top and one level down", () => {
  const line = written({
    authorization: "Bearer x1",
    headers: { authorization: "Bearer x2" },
    account: { secret: "x3" },
  });
  expect(line).not.toMatch(/x[123]/);
  expect(line).toContain("[redacted]");
});

test("keys, tokens and card numbers are left out wherever they stand", () => {
  const key = `plim_live_${"k".repeat(43)}`;
  const line = written(
    { deep: { er: { note: `with ${key} and eyJhbGciOiJFZERTQSJ9.eyJpc3MiOiJ4In0.c2ln` } } },
    "4111 1111 1111 1111",
  );
  expect(line).not.toMatch(/kkkk|eyJ|4111/);
  expect(line).toContain("[card number]");
});

test("gateways' own ids and times stay", () => {
  const line = written({ payment: undefined, id: "7000000000000000000001", at: 1777636800000 });
  expect(line).toContain("7000000000000000000001");
  expect(line).toContain("1777636800000");
});
