import type { Case } from "../case.ts";
import { altered } from "./altered.ts";
import { behind } from "./behind.ts";
import { broken } from "./broken.ts";
import { closing } from "./closing.ts";
import { doors } from "./doors.ts";
import { listing } from "./listing.ts";
import { notices } from "./notices.ts";
import { opening } from "./opening.ts";
import { page } from "./page.ts";
import { raising } from "./raising.ts";
import { reconciling } from "./reconciling.ts";
import { reviewing } from "./reviewing.ts";

/** Every case, in the order of the table. */
export const cases: readonly Case[] = [
  ...opening,
  ...raising,
  ...closing,
  ...reviewing,
  ...broken,
  ...behind,
  ...altered,
  ...doors,
  ...listing,
  ...reconciling,
  ...notices,
  ...page,
];
