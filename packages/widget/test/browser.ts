import { chromium, type Browser } from "playwright";
import { chromium as executable } from "../../../scripts/browser.ts";

export * from "../gallery/site.ts";

/** The pinned browser, or the machine's own. */
export async function launch(): Promise<Browser> {
  return chromium.launch({ executablePath: await executable() });
}
