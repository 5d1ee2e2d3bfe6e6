import { router } from "../trpc.ts";
import { adopt } from "./adopt.ts";
import { capture } from "./capture.ts";
import { correct } from "./correct.ts";
import { extend } from "./extend.ts";
import { history } from "./history.ts";
import { hold } from "./hold.ts";
import { holds } from "./holds.ts";
import { increment } from "./increment.ts";
import { issue } from "./issue-token.ts";
import { open } from "./open.ts";
import { passTime } from "./pass-time.ts";
import { propose } from "./propose.ts";
import { resolve } from "./resolve.ts";
import { reverse } from "./reverse.ts";
import { reverseIncrement } from "./reverse-increment.ts";
import { sayCaptured } from "./say-captured.ts";
import { sayLapsed } from "./say-lapsed.ts";
import { withdraw } from "./withdraw.ts";

/** The door of a merchant's server. */
export const merchant = router({
  v1: router({
    open,
    adopt,
    hold,
    holds,
    history,
    increment,
    propose,
    withdraw,
    capture,
    reverse,
    reverseIncrement,
    extend,
    resolve,
    correct,
    passTime,
    sayCaptured,
    sayLapsed,
    tokens: router({ issue }),
  }),
});
