import { z } from "zod";
import type { Notices } from "../port.ts";
import { isId } from "./references.ts";
import { readJson } from "./wire.ts";

/**
 * What came to `urls.webhook`. "Basic Webhook" has the payId alone and is not signed; "Enhanced Webhook" has more and
 * is, but by a header that the pages read don't name; older forms are encoded as forms, with names in any case. So
 * none of them proves anything: each is only a reason to look.
 */
export async function noticesIn(body: Uint8Array): Promise<Notices> {
  const text = decoded(body);
  if (text === undefined) return "unreadable";
  const names = readJson(json, text) ?? fromForm(text);
  const { payid, transid } = names;
  // A payment that was opened elsewhere and adopted here is known by its payId alone, one whose answer was lost by its transId.
  const about = [...(isId(transid) ? [{ reference: transid }] : []), ...(isId(payid) ? [{ payment: payid }] : [])];
  return about.length === 0 ? "unreadable" : about.map((one) => ({ about: one, says: null }));
}

type Names = Readonly<Record<string, string>>;

const json = z.record(z.string(), z.unknown()).transform((fields) => lowered(Object.entries(fields)));

function fromForm(text: string): Names {
  return lowered([...new URLSearchParams(text)]);
}

function lowered(fields: readonly (readonly [string, unknown])[]): Names {
  const named = fields.flatMap(([name, value]) =>
    typeof value === "string" ? [[name.toLowerCase(), value] as const] : [],
  );
  return Object.fromEntries(named);
}

function decoded(body: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(body);
  } catch {
    return undefined;
  }
}
