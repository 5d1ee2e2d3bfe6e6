import { PlimsollHold } from "../hold/hold.ts";
import { endpointOf, settings } from "../live/settings.ts";
import { VERSION } from "../version.ts";
import { mayDefine } from "./floor.ts";

/** Hash of the `demo.json` that was built with this file: the build fills it in. */
declare const DEMO_INTEGRITY: string;

const { currentScript } = document;
if (currentScript instanceof HTMLScriptElement && currentScript.src !== "") {
  settings.endpoint = endpointOf(currentScript.src);
  settings.demo = { url: new URL("demo.json", currentScript.src).href, integrity: DEMO_INTEGRITY };
}
if (mayDefine("plimsoll-hold", VERSION)) customElements.define("plimsoll-hold", PlimsollHold);
