import type { Json, JsonObject } from "./fault.ts";
import type { Answer } from "./journal.ts";

export interface Alteration {
  /** Dotted path to value, a list's items by their number: `{ "orderInformation.amountDetails.totalAmount": "1.00" }`. */
  readonly set: JsonObject;
  /** Dotted paths. */
  readonly remove: readonly string[];
}

/** The same answer with some of it said differently; the path `status` is the body's, not HTTP's. */
export function alterAnswer(answer: Answer, { set, remove }: Alteration): Answer {
  const without = remove.reduce((body, path) => withPath(body, path.split("."), undefined), answer.body);
  const body = Object.entries(set).reduce((now, [path, value]) => withPath(now, path.split("."), value), without);
  return { ...answer, body };
}

function withPath(body: Json, [key, ...rest]: string[], value: Json | undefined): Json {
  if (key === undefined) return value ?? null;
  if (Array.isArray(body))
    return body.map((item, index) => (String(index) === key ? withPath(item, rest, value) : item));
  const inner: JsonObject = isObject(body) ? { ...body } : {};
  if (rest.length === 0 && value === undefined) delete inner[key];
  else inner[key] = withPath(inner[key] ?? {}, rest, value);
  return inner;
}

function isObject(value: Json): value is JsonObject {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}
