const LIT =
  "_\\$[\\w$]+ strings parts el ctor creationScope renderOptions renderRoot createRenderRoot elementStyles createProperty " +
  "shadowRootOptions enableUpdating addController hostConnected hostDisconnected requestUpdate performUpdate willUpdate " +
  "isUpdatePending hasUpdated";
const TRPC = "requestAsPromise requestId runtime \\$request onData onError onComplete meta";
const OURS =
  "plain signed say tell hands separators draft moneyOf pressed unanswered phase money times unfold ribbon door feed " +
  "failure passing renewable current alive references backoff visibility";

/**
 * Properties that only the code of a script reads, never its page or the wire: the build shortens them, and anything
 * else keeps its name. A name can't be here that also stands somewhere as text, in the code, in the place of a value
 * in a message, or in what the server sends: this throws for it.
 */
export function privateNames(code: string, messages: Readonly<Record<string, string>>, sent: string): RegExp {
  const names = new RegExp(`^(?:${[LIT, TRPC, OURS].join(" ").replaceAll(" ", "|")})$`);
  const texts = [
    ...code.matchAll(/(?<!=)["'`](?<text>[\w$]+)["'`]/g),
    ...Object.values(messages).flatMap((message) => [...message.matchAll(/\{(?<text>\w+)\}/g)]),
    ...sent.matchAll(/"(?<text>\w+)":/g),
  ].map(({ groups }) => groups?.["text"] ?? "");
  const said = texts.filter((text) => names.test(text)).join(", ");
  if (said) throw new Error(`${said}: stands somewhere as text, so it is not private`);
  return names;
}
