import { fixtures } from "../fixtures/fixtures.ts";
import { site } from "./site.ts";

/** Every state in light and dark, on loopback, under the published CSP line: `node packages/widget/gallery/gallery.ts`. */
const host = await site();
const cards = Object.keys(fixtures).map(
  (name) =>
    `<figure><figcaption>${name}</figcaption><plimsoll-hold demo="${name}">At 14:02 on 21 Nov: $42.00 on hold, not charged.</plimsoll-hold></figure>`,
);
const wall = (theme: string): string =>
  host.page(
    `<main class="wall">${cards.join("").replaceAll("<plimsoll-hold", `<plimsoll-hold theme="${theme}"`)}</main>`,
  );
console.log(`light ${wall("light")}\ndark  ${wall("dark")}`);
process.once("SIGINT", () => void host.close());
process.once("SIGTERM", () => void host.close());
