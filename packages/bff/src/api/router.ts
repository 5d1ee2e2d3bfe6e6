import { desk } from "./console/index.ts";
import { merchant } from "./merchant/index.ts";
import { router } from "./trpc.ts";
import { widget } from "./widget/index.ts";

/** Three doors, each with its own credential, its own context and its own views. */
export const appRouter = router({ widget, console: desk, merchant });
export type AppRouter = typeof appRouter;
