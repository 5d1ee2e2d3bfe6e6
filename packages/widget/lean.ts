import type { ESTree, Plugin } from "vite";

/**
 * Takes the white space out of `html` and `css` templates, where it is there only for readers: what a minifier of
 * JavaScript can't know.
 */
export function lean(): Plugin {
  return {
    name: "lean-templates",
    enforce: "post",
    transform(code, id) {
      if (id.includes("node_modules") || !/(html|css)`/.test(code)) return undefined;
      const edits: [start: number, end: number, text: string][] = [];
      for (const { tag, quasi } of taggedTemplates(this.parse(code))) {
        const shrink = tag === "css" ? leanCss : leanHtml;
        for (const { start, end } of quasi) edits.push([start, end, shrink(code.slice(start, end))]);
      }
      return { code: edited(code, edits), map: null };
    },
  };
}

/** Short names for the custom properties that only the shadow root knows; those of `--plimsoll-` belong to the page. */
export function shortProperties(): Plugin {
  return {
    name: "short-properties",
    renderChunk(code) {
      const names = [...code.matchAll(/var\((--(?!plimsoll-)[\w-]+)\)/g)].map(([, name]) => name ?? "");
      const short = new Map([...new Set(names)].map((name, index) => [name, `--${index.toString(36)}`]));
      return { code: code.replace(/--[a-z][\w-]*(?=[):"])/g, (name) => short.get(name) ?? name), map: null };
    },
  };
}

export function leanCss(css: string): string {
  return css
    .replace(/\/\*[^]*?\*\//g, "")
    .replace(/\s+/g, " ")
    .replace(/ ?([{};,>]) ?/g, "$1")
    .replace(/([\w-]): /g, "$1:")
    .replace(/([ (:,-])0\./g, "$1.")
    .replace(/;}/g, "}");
}

/** Keeps one space where there was any, but none between tags and their neighbours' line ends. */
export function leanHtml(html: string): string {
  return html
    .replace(/\s*\n\s*/g, (space, at: number) =>
      /[>\s]$/.test(html.slice(0, at)) || html[at + space.length] === "<" ? "" : " ",
    )
    .replace(/ {2,}/g, " ");
}

interface Tagged {
  readonly tag: string;
  readonly quasi: readonly { readonly start: number; readonly end: number }[];
}

function taggedTemplates(node: unknown, found: Tagged[] = []): Tagged[] {
  if (Array.isArray(node)) for (const one of node) taggedTemplates(one, found);
  else if (isNode(node)) {
    if (
      node.type === "TaggedTemplateExpression" &&
      node.tag.type === "Identifier" &&
      ["html", "css"].includes(node.tag.name)
    ) {
      found.push({ tag: node.tag.name, quasi: node.quasi.quasis });
    }
    for (const child of Object.values(node)) if (typeof child === "object") taggedTemplates(child, found);
  }
  return found;
}

function isNode(value: unknown): value is ESTree.Node {
  return typeof value === "object" && value !== null && "type" in value;
}

function edited(code: string, edits: readonly [start: number, end: number, text: string][]): string {
  return edits
    .toSorted(([a], [b]) => b - a)
    .reduce((text, [start, end, replacement]) => text.slice(0, start) + replacement + text.slice(end), code);
}

/**
 * Takes out messages that nothing says: a script that shares some views with another has no use for the words of the
 * others. Names of messages stand in the code as literals only, which the types see to.
 */
export function unsaid(names: readonly string[]): Plugin {
  return {
    name: "unsaid-messages",
    renderChunk(code) {
      const useless = names.filter((name) => !new RegExp(`["'\`]${name}["'\`]`).test(code));
      const line = new RegExp(`^\\s*(?:${useless.join("|")}): (["'\`]).*\\1,?$\\n`, "gm");
      return useless.length > 0 ? { code: code.replace(line, ""), map: null } : null;
    },
  };
}
