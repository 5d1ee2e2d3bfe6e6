import { setImmediate as soon } from "node:timers/promises";
import type { Clock } from "../clock.ts";
import type { Changes } from "./changes.ts";

/** What a gateway tells a merchant's server without being asked. */
export interface OutgoingNotice {
  /** Only names and addresses of this machine are ever called. */
  readonly url: string;
  /** With the content type and the signature, if it has one. */
  readonly headers: Readonly<Record<string, string>>;
  /** The exact bytes, as text. */
  readonly body: string;
  /** The payment's id, or what else a person looks for. */
  readonly reference: string;
}

/** `held`: nothing is delivered but what the control door delivers. */
export type DeliveryMode = "at_once" | "held";

/** One time that a notice was sent. */
export interface NoticeDelivery {
  /** ISO 8601, the gateways' time. */
  readonly at: string;
  /** What it was answered; null where nobody answered. */
  readonly status: number | null;
  readonly failure: string | null;
  /** Was something else sent than the gateway wrote? */
  readonly forged: boolean;
}

export interface NoticeReport extends OutgoingNotice {
  readonly id: string;
  /** ISO 8601, the gateways' time. */
  readonly at: string;
  readonly deliveries: readonly NoticeDelivery[];
}

/** What a forger changes; the rest, with its signature, stays as the gateway wrote it. */
export type Forgery = Partial<Pick<OutgoingNotice, "body" | "headers">>;

/** A gateway's notices: sent at once, or held until the control door sends them: in any order, late, twice, forged. */
export interface Outbox {
  post(notice: OutgoingNotice): void;
  readonly mode: DeliveryMode;
  /** What was held stays held until it is delivered by name. */
  deliver(mode: DeliveryMode): void;
  reports(): NoticeReport[];
  /** Sends one, whatever was sent before, and resolves with what came of it; undefined where there is no such notice. */
  send(id: string, forgery?: Forgery): Promise<NoticeReport | undefined>;
  /** Forgets all notices and delivers at once again. */
  clear(): void;
}

/** A receiver that has not answered by then is not waited for. */
const PATIENCE_MS = 10_000;

export function createOutbox({ clock, changes }: { readonly clock: Clock; readonly changes: Changes }): Outbox {
  const notices = new Map<string, NoticeReport>();
  let mode: DeliveryMode = "at_once";
  let count = 0;
  const now = () => new Date(clock.now()).toISOString();
  const send: Outbox["send"] = async (id, forgery = {}) => {
    const notice = notices.get(id);
    if (notice === undefined) return undefined;
    const heard = await sent({ ...notice, ...forgery, headers: { ...notice.headers, ...forgery.headers } });
    const delivery = { at: now(), ...heard, forged: Object.keys(forgery).length > 0 };
    const present = notices.get(id) ?? notice;
    const delivered = { ...present, deliveries: [...present.deliveries, delivery] };
    if (notices.has(id)) notices.set(id, delivered);
    changes.tell();
    return delivered;
  };
  return {
    post: (notice) => {
      count += 1;
      const id = `notice-${count}`;
      notices.set(id, { id, ...notice, at: now(), deliveries: [] });
      changes.tell();
      // Not before the operation that caused it has written all it writes.
      if (mode === "at_once") void soon().then(() => send(id));
    },
    get mode() {
      return mode;
    },
    deliver: (wanted) => {
      mode = wanted;
    },
    reports: () => [...notices.values()],
    send,
    clear: () => {
      notices.clear();
      mode = "at_once";
    },
  };
}

async function sent({ url, headers, body }: OutgoingNotice): Promise<Pick<NoticeDelivery, "status" | "failure">> {
  if (!isOfThisMachine(url)) return { status: null, failure: "The sandbox calls only this machine." };
  try {
    const signal = AbortSignal.timeout(PATIENCE_MS);
    const response = await fetch(url, { method: "POST", headers, body, redirect: "manual", signal });
    await response.arrayBuffer();
    return { status: response.status, failure: null };
  } catch (error) {
    return { status: null, failure: failureOf(error) };
  }
}

function isOfThisMachine(url: string): boolean {
  const { protocol, hostname } = URL.canParse(url) ? new URL(url) : { protocol: "", hostname: "" };
  return ["http:", "https:"].includes(protocol) && ["127.0.0.1", "localhost", "[::1]"].includes(hostname);
}

function failureOf(error: unknown): string {
  if (!(error instanceof Error)) return "It could not be sent.";
  return error.cause instanceof Error ? error.cause.message : error.message;
}
