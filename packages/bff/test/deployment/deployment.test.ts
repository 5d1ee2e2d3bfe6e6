import { expect, it } from "vitest";
import { freshDatabase } from "../../src/store/testing/fresh-database.ts";
import { Deployment } from "./deployment.ts";
import { Scene } from "./scene.ts";

/**
 * Three processes behind a balancer, tills that raise holds, and a viewer of each hold with the elements' own live
 * connection. The processes are stopped in turn while all that goes on. The judge is the gateway's books.
 */
const HOLDS = 16;
/** Between two disturbances so many increments are answered. */
const MEANWHILE = 40;

it("any process may be stopped under load: nothing is lost or doubled, and viewers see their hold again", async () => {
  const deployment = await Deployment.start(3, await freshDatabase());
  try {
    const scene = await Scene.begin(deployment, HOLDS);
    for (const { member, signal } of disturbances(deployment)) {
      await scene.until(MEANWHILE);
      await member.end(signal);
      await scene.until(MEANWHILE);
      await member.start();
    }
    await scene.until(MEANWHILE);
    await scene.end();
    const rung = scene.tills.reduce((sum, till) => sum + till.rung.length, 0);
    const slowest = Math.ceil(await scene.slowest());
    console.log(`viewers: ${HOLDS} holds, seen again within ${slowest} ms (${rung} increments, 4 processes stopped)`);
    expect(await scene.disagreements()).toEqual([]);
    expect(slowest).toBeLessThan(3_000);
  } finally {
    await deployment.close();
  }
}, 180_000);

/** Each is killed once, and one is asked to end. */
function disturbances({ members }: Deployment) {
  return [
    ...members.map((member) => ({ member, signal: "SIGKILL" as const })),
    ...members.slice(0, 1).map((member) => ({ member, signal: "SIGTERM" as const })),
  ];
}

it("where no news arrive, viewers at another process see every change within 2 s all the same", async () => {
  // Nobody listens there: whatever is told is lost.
  const deployment = await Deployment.start(2, await freshDatabase(), "postgres://127.0.0.1:9/nobody");
  try {
    const [one = "", other = ""] = deployment.members.map(({ port }) => `http://127.0.0.1:${port}`);
    const scene = await Scene.begin(deployment, 6, { tills: one, viewers: other });
    await scene.until(40);
    await scene.end();
    const slowest = Math.ceil(await scene.slowest());
    console.log(`viewers without news: seen within ${slowest} ms`);
    expect(await scene.disagreements()).toEqual([]);
    expect(slowest).toBeLessThan(2_000);
  } finally {
    await deployment.close();
  }
}, 120_000);
