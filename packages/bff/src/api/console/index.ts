import { router } from "../trpc.ts";
import { capture } from "./capture.ts";
import { extend } from "./extend.ts";
import { hold } from "./hold.ts";
import { holds } from "./holds.ts";
import { increment } from "./increment.ts";
import { propose } from "./propose.ts";
import { resolve } from "./resolve.ts";
import { reverse } from "./reverse.ts";
import { reverseIncrement } from "./reverse-increment.ts";
import { watch } from "./watch.ts";
import { withdraw } from "./withdraw.ts";

/** The staff's door. */
export const desk = router({
  v1: router({
    holds,
    hold,
    watch,
    increment,
    propose,
    withdraw,
    capture,
    reverse,
    reverseIncrement,
    extend,
    resolve,
  }),
});
