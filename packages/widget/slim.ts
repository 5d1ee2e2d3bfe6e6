import type { Plugin } from "vite";

/**
 * The libraries without what neither script uses: ways round old browsers, options nobody sets, bindings that no
 * template has. Every cut names the exact text that it takes out, and the build stops where a library no longer has
 * it: an update of Lit or tRPC is looked at here, and never silently half cut. The npm build keeps the libraries whole.
 */
export function slim(policyName: string): Plugin {
  return {
    name: "slim-libraries",
    transform(code, id) {
      const slimmer = slimmed(code, id, policyName);
      return slimmer === undefined ? undefined : { code: slimmer, map: null };
    },
  };
}

/** What is left of a file of a library, or undefined where nothing is cut. Throws for what the cuts don't expect. */
export function slimmed(code: string, id: string, policyName: string): string | undefined {
  if (!id.includes("node_modules")) refuse(code, id);
  if (id.endsWith("/reactive-element/css-tag.js")) return STYLES;
  const named: Record<string, Cut[]> = { ...CUTS, "/lit-html/lit-html.js": [...LIT_HTML, policy(policyName)] };
  const file = Object.keys(named).find((one) => id.includes(one));
  return file && named[file]?.reduce((text, [from, to]) => cut(text, from, to, id), code);
}

type Cut = readonly [from: string | RegExp, to: string];

function cut(code: string, from: string | RegExp, to: string, id: string): string {
  const result = code.replace(from, () => to);
  if (result === code) throw new Error(`${id} no longer holds ${String(from)}`);
  return result;
}

/** What the cuts below count on that nobody writes. */
function refuse(code: string, id: string): void {
  const missing =
    /lit\/(?:directives|async-directive)|\b(?:svg|mathml)`|<!--|<(?:textarea|title|style|script)\b|hostUpdated?\(|firstUpdated\(/;
  const [found] = missing.exec(code) ?? [];
  if (found) throw new Error(`${id} has ${found}, which slim.ts takes out of Lit`);
}

/**
 * Lit makes a Trusted Types policy named `lit-html` when it is loaded: with two copies of Lit on a page the second
 * one would throw. Each file gets a policy of its own, which the page's CSP can name, made at the first rendering,
 * which is after the script's check for the floor and for a second copy of itself.
 */
function policy(name: string): Cut {
  return [
    'e=s?s.createPolicy("lit-html",{createHTML:t=>t}):void 0',
    `e=s?{createHTML(t){return(this.p??=s.createPolicy("${name}",{createHTML:t=>t})).createHTML(t)}}:void 0`,
  ];
}

/** No template of ours has SVG or MathML of its own, a binding in a raw text element or a comment, or a compiled part. */
const LIT_HTML: Cut[] = [
  ['l=2===i?"<svg>":3===i?"<math>":""', 'l=""'],
  ['+(2===i?"</svg>":3===i?"</math>":"")', ""],
  [
    "if(this.el=S.createElement(f,e),P.currentNode=this.el.content,2===i||3===i){const t=this.el.content.firstChild;t.replaceWith(...t.childNodes)}",
    "this.el=S.createElement(f,e),P.currentNode=this.el.content;",
  ],
  ['(y.test(u[2])&&(n=RegExp("</"+u[2],"g")),c=p)', "(c=p)"],
  ["(c=n??v,d=-1)", "(c=v,d=-1)"],
  ["(c=p,n=void 0)", "(c=p)"],
  ["let n,l=", "let l="],
  [/if\(y\.test\(r\.tagName\)\)\{.*?\}\}(?=\}else)/, ""],
  [/else\{let t=-1;for\(.*?\}(?=l\+\+)/, ""],
  ['"!--"===u[1]?c=_:', ""],
  ["c===_||c===m", "c===m"],
  // Parts can't be asked for their surroundings, or told that their element left the page: directives of ours don't.
  ["get parentNode(){return this._$AM.parentNode}get _$AU(){return this._$AM._$AU}u(", "u("],
  ["get _$AU(){return this._$AM?._$AU??this._$Cv}", ""],
  [/get parentNode\(\)\{let t=.*?get endNode\(\)\{.*?\}/, ""],
  [",this._$Cv=e?.isConnected??!0", ""],
  ["for(this._$AP?.(!1,!0,s);", "for(;"],
  [/setConnected\(t\)\{.*?\}\}(?=class)/, "}"],
  ["get tagName(){return this.element.tagName}get _$AU(){return this._$AM._$AU}", ""],
  ["get _$AU(){return this._$AM._$AU}_$AI(t){M(", "_$AI(t){M("],
  [/this\._\$AN=void 0,/g, ""],
  // A child is text, a template, or a list of them; only an element holds a directive, and always the same one.
  [
    "void 0!==t._$litType$?this.$(t):void 0!==t.nodeType?this.T(t):d(t)?this.k(t):this._(t)",
    "d(t)?this.k(t):this.$(t)",
  ],
  [/function M\(.*?\}(?=class R)/, "function M(t,i){return i}"],
  ["_$AI(t){M(this,t)}", "_$AI(t){(this.h??=new t._$litDirective$(this)).update(this,t.values)}"],
  // Listeners are functions, without options.
  [
    "e=t===A&&s!==A||t.capture!==s.capture||t.once!==s.once||t.passive!==s.passive,h=t!==A&&(s===A||e)",
    "e=t===A&&s!==A,h=t!==A&&s===A",
  ],
  [/handleEvent\(t\)\{.*?\}\}(?=class)/, "handleEvent(t){this._$AH.call(this.options.host,t)}}"],
  [/e="number"==typeof s\?this\._\$AC\(t\):\(.*?\);(?=if)/, "e=this._$AC(t);"],
  ["const{values:i,_$litType$:s}=t,", "const{values:i}=t,"],
  [/const s=i\(t\)\.nextSibling;i\(t\)\.remove\(\)/, "const s=t.nextSibling;t.remove()"],
  [/const j=\{M:h.*?\.push\("[\d.]+"\);/, ""],
  [
    /const D=\(t,i,s\)=>\{.*?\};(?=export)/,
    "const D=(t,i,s)=>(i._$litPart$??=new k(i.appendChild(c()),null,void 0,s))._$AI(t);",
  ],
  ["export{j as _$LH,", "export{"],
];

/** No property of ours is reflected, converted by hand, kept by an accessor of its own, or made by a decorator. */
const REACTIVE_ELEMENT: Cut[] = [
  [/u=\{toAttribute\(.*?\}\},(?=f=)/, "u=(t,s)=>s===Boolean?null!==t:s===Number&&null!==t?Number(t):t,"],
  [/f=\(t,s\)=>!i\(t,s\),b=\{.*?\};/, "b={};"],
  [/Symbol\.metadata\?\?=.*?;/, ""],
  [/static addInitializer\(t\)\{.*?\}(?=static)/, ""],
  [
    /static createProperty\(.*?(?=static _\$Ei)/,
    "static createProperty(t,s){this.elementProperties.set(t,s);const i=Symbol();e(this.prototype,t,{get(){return this[i]},set(s){const h=this[i];this[i]=s,this.requestUpdate(t,h)},configurable:!0,enumerable:!0})}",
  ],
  [",void 0!==t.l&&(this.l=[...t.l])", ""],
  [
    "const t=this.properties,s=[...r(t),...o(t)];for(const i of s)this.createProperty(i,t[i])",
    "const t=this.properties;for(const i of r(t))this.createProperty(i,t[i])",
  ],
  [/const t=this\[Symbol\.metadata\];.*?(?=this\._\$Eh=new Map)/, ""],
  ["this.finalizeStyles(this.styles)}", "this.styles??[]}"],
  [/static finalizeStyles\(s\)\{.*?\}(?=static)/, ""],
  ['"string"==typeof i?i:"string"==typeof t?t.toLowerCase():void 0', "i??t.toLowerCase()"],
  [",this._$Em=null,this._$Ev()", ",this._$Ev()"],
  [",this.constructor.l?.forEach(t=>t(this))", ""],
  ["this._$EO?.forEach(t=>t.hostUpdated?.()),", ""],
  ["getUpdateComplete(){return this._$ES}", ""],
  ["return this.getUpdateComplete()", "return this._$ES"],
  [
    "const t=this.scheduleUpdate();return null!=t&&await t,!this.isUpdatePending",
    "return this.performUpdate(),!this.isUpdatePending",
  ],
  ["scheduleUpdate(){return this.performUpdate()}", ""],
  [
    /let t=!1;const s=this\._\$AL;try\{.*?\}t&&this\._\$AE\(s\)/,
    "const s=this._$AL;try{this.willUpdate(s),this.update(s)}catch(t){throw this._$EM(),t}this._$AE(s)",
  ],
  ["shouldUpdate(t){return!0}", ""],
  ["this.hasUpdated||(this.hasUpdated=!0,this.firstUpdated(t))", "this.hasUpdated=!0"],
  ["firstUpdated(t){}", ""],
  ["removeController(t){this._$EO?.delete(t)}", ""],
  [
    /_\$ET\(t,s\)\{.*?(?=requestUpdate\(t,s,i)/,
    "_$AK(t,s){const i=this.constructor,e=i._$Eh.get(t);this[e]=u(s,i.elementProperties.get(e).type)}",
  ],
  [
    /requestUpdate\(t,s,i,e.*?(?=async _\$EP)/,
    "requestUpdate(t,s){if(void 0!==t){if(i(this[t],s))return;this._$AL.has(t)||this._$AL.set(t,this.hasUpdated?s:void 0)}this.isUpdatePending||(this._$ES=this._$EP())}",
  ],
  [/const t=this\.constructor\.elementProperties;if\(t\.size>0\)for\(.*?\}(?=\}const s=this\._\$AL)/, ""],
  ["this._$Eq&&=this._$Eq.forEach(t=>this._$ET(t,this[t])),", ""],
  [/p\?\.\(\{ReactiveElement:y\}\),\(.*?\)\.push\("[\d.]+"\);/, ""],
  [
    /,y\[d\("elementProperties"\)\]=new Map,y\[d\("finalized"\)\]=new Map,/,
    ",y.elementProperties=new Map,y.finalized=new Map;",
  ],
  [",u as defaultConverter", ""],
  [",f as notEqual", ""],
];

const LIT_ELEMENT: Cut[] = [
  [",this._$Do=void 0", ""],
  [/createRenderRoot\(\)\{.*?\}(?=update)/, ""],
  ["this.hasUpdated||(this.renderOptions.isConnected=this.isConnected),", ""],
  ["this._$Do=e(r", "e(r"],
  [/connectedCallback\(\)\{.*?\}(?=render\(\))/, ""],
  [/,s\.litElementHydrateSupport\?\..*?\.push\("[\d.]+"\)(?=;)/, ""],
  [",n as _$LE", ""],
];

/** One link, which ends the chain; one subscriber a call; callbacks only for data, error and end. */
const CUTS: Record<string, Cut[]> = {
  "/reactive-element/reactive-element.js": REACTIVE_ELEMENT,
  "/lit-element/lit-element.js": LIT_ELEMENT,
  "/@trpc/client/dist/objectSpread2": [
    [
      /^[^]*(?=export )/,
      "/* @__NO_SIDE_EFFECTS__ */ function _defineProperty(object, name, value) { object[name] = value; return object; }\nconst _objectSpread2 = (...parts) => Object.assign(...parts);\n",
    ],
  ],
  "/@trpc/client/dist/splitLink": [
    [/^function createChain\([^]*?\n\}$/m, "const createChain = ({ links, op }) => links[0]({ op });"],
  ],
  "/@trpc/client/dist/TRPCClientError": [
    [
      /^var TRPCClientError = class[^]*?^\};$/m,
      "class TRPCClientError extends Error { static from(cause) { return isTRPCClientError(cause) ? cause : new TRPCClientError(cause.message, { cause }); } }",
    ],
  ],
  "/@trpc/client/dist/index.mjs": [
    // For links that stream; left alone, it keeps the whole WebSocket client in the bundle.
    [/^AsyncGenerator\.prototype\[[^]*?\n\};$/m, ""],
    [".pipe(share())", ""],
    [/\t\tconst hasCallbacks = .*\n/, ""],
    [/^(\t+)if \(!hasCallbacks\) \{[^]*?^\1\}$/m, ""],
    [
      /return observable\$\.subscribe\(\{\n\t\t\tnext\(envelope\) \{[^]*?^\t\t\}\);$/m,
      'return observable$.subscribe({ next: ({ result }) => result.type === "data" && opts.onData(result.data), error: opts.onError, complete: opts.onComplete });',
    ],
  ],
  "/@trpc/server/dist/observable-kp": [
    [
      /^function observable\([^]*?\n\}$/m,
      `function observable(subscribe) {
        return { subscribe(observer) {
          let open = true;
          const end = (notify) => (value) => { if (!open) return; open = false; notify?.(value); stop(); };
          const stop = subscribe({ next: (value) => open && observer.next(value), error: end(observer.error), complete: end(observer.complete) });
          return { unsubscribe: stop };
        } };
      }`,
    ],
    [
      /^function observableToPromise\([^]*?\n\}$/m,
      "const observableToPromise = (observable) => new Promise((next, error) => observable.subscribe({ next, error, complete: error }));",
    ],
    [/^function observableToAsyncIterable\([^]*?\n\}$/m, "function observableToAsyncIterable() {}"],
  ],
  "/@trpc/server/dist/asyncGeneratorDelegate": [[/^AsyncGenerator\.prototype\[[^]*?\n\};$/m, ""]],
  "/@trpc/server/dist/getErrorShape": [
    [
      /^\t\t\tconst lastOfPath = [^]*?freezeIfAvailable\(opts\.path\);\n\t\t\treturn callback\(opts\);$/m,
      "return callback({ args, path });",
    ],
  ],
};

const STYLES = `const sheets = new WeakMap();
export const css = (strings, ...values) => ({ cssText: String.raw({ raw: strings }, ...values.map((value) => value.cssText ?? value)) });
export const adoptStyles = (root, styles) => {
  root.adoptedStyleSheets = styles.map((style) => {
    const sheet = sheets.get(style) ?? new CSSStyleSheet();
    if (!sheets.has(style)) sheet.replaceSync(style.cssText);
    sheets.set(style, sheet);
    return sheet;
  });
};
export const getCompatibleStyle = (style) => style;
export const supportsAdoptingStyleSheets = true;
export const unsafeCSS = (cssText) => ({ cssText });
export class CSSResult {}
`;
