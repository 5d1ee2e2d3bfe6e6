/** A language whose messages ship with a script, by the names that say where each is used. */
export interface Language<N extends string> {
  /** BCP 47. */
  readonly tag: string;
  readonly rtl: boolean;
  readonly messages: Readonly<Record<N, string>>;
}

export type Values = Readonly<Record<string, string>>;

/** Gives the message of that name with its `{value}` places filled. */
export type Translate<N extends string> = (name: N, values?: Values) => string;

/**
 * A translator for one element. `overrides` are a merchant's own wordings by name; names that are `locked` can't be
 * overridden: they are what a payer consents to.
 */
export function translator<N extends string>(
  { rtl, messages }: Language<N>,
  overrides: Readonly<Partial<Record<N, string>>> | undefined,
  locked?: RegExp,
): Translate<N> {
  return (name, values = {}) => {
    const own = locked?.test(name) ? undefined : overrides?.[name];
    return (own ?? messages[name]).replace(/\{(\w+)\}/g, (_, value: string) => isolated(values[value] ?? "", rtl));
  };
}

/**
 * Keeps a value whole in a sentence of the other direction (Unicode TR 9, "Explicit Directional Isolates").
 * Left out where both run left to right, so that copied text holds no invisible characters.
 */
export function isolated(value: string, rtl: boolean): string {
  return rtl || RIGHT_TO_LEFT.test(value) ? `\u2068${value}\u2069` : value;
}

const RIGHT_TO_LEFT = /[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFC]/;

/** The language that the nearest ancestor names, also through shadow roots and slots' hosts; else the browser's. */
export function languageOf(element: Element): string {
  for (let at: Element | null = element; at;) {
    const named = at.closest("[lang]");
    const lang = named?.getAttribute("lang");
    if (lang) return lang;
    const root = at.getRootNode();
    at = root instanceof ShadowRoot ? root.host : null;
  }
  return navigator.language;
}

/**
 * The locale in which numbers and times are written: the page's, where its words are in the same language, else
 * the language of the words. A page's tag that is no locale counts as none.
 */
export function localeFor(asked: string, language: string): string {
  try {
    return new Intl.Locale(asked).language === new Intl.Locale(language).language ? asked : language;
  } catch {
    return language;
  }
}
