import type { Send, WireRequest, WireResult } from "../../wire-client.ts";

type Answering = (request: WireRequest) => WireResult | Promise<WireResult>;

export const json = (status: number, body: unknown): WireResult => ({
  is: "answered",
  status,
  contentType: "application/json",
  body: typeof body === "string" ? body : JSON.stringify(body),
});

/** A gateway of canned answers that keeps what it was asked. It gives out tokens t1, t2 … for an hour. */
export function gate(answering: Answering, tokenAnswer?: (nth: number) => WireResult) {
  const asked: WireRequest[] = [];
  let tokens = 0;
  const send: Send = async (request) => {
    asked.push(request);
    if (request.path !== "/oauth2/token") return answering(request);
    tokens += 1;
    const usual = json(200, { token_type: "Bearer", expires_in: "3600", access_token: `t${tokens}` });
    return tokenAnswer?.(tokens) ?? usual;
  };
  return {
    send,
    asked,
    paths: () => asked.map(({ method, path }) => `${method} ${path}`),
    bearers: () => asked.flatMap(({ headers }) => headers["authorization"] ?? []),
  };
}
