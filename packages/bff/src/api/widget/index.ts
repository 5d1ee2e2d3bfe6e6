import { router } from "../trpc.ts";
import { approve } from "./approve.ts";
import { deny } from "./deny.ts";
import { hold } from "./hold.ts";
import { receipt } from "./receipt.ts";
import { watch } from "./watch.ts";

/** The payer's door. Frozen: it only grows, since pages pin their scripts for years. */
export const widget = router({ v1: router({ hold, watch, approve, deny, receipt }) });
