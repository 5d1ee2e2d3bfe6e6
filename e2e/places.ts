import { placesFrom } from "../examples/demo/places.ts";

/** Where the demo of these tests listens. */
export const places = placesFrom(4700);
