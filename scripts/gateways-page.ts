import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { capabilitiesFrom, type CapabilityRow, type ListRow } from "../packages/bff/src/gateways/capability-rows.ts";
import * as computop from "../packages/bff/src/gateways/computop/capabilities.ts";
import { computopSettings } from "../packages/bff/src/gateways/computop/settings.ts";
import * as cybersource from "../packages/bff/src/gateways/cybersource/capabilities.ts";
import { cyberSourceSettings } from "../packages/bff/src/gateways/cybersource/settings.ts";
import * as moneris from "../packages/bff/src/gateways/moneris/capabilities.ts";
import { monerisSettings } from "../packages/bff/src/gateways/moneris/settings.ts";
import type { Capabilities, ExpiryRule } from "../packages/bff/src/hold/index.ts";

/** docs/gateways.md, from the rows themselves: each gateway as an account that says nothing but what it must. */
const account = { mode: "test", merchantId: "plimsoll_test" } as const;
const gateways: Readonly<Record<string, readonly CapabilityRow[]>> = {
  CyberSource: cybersource.capabilityRows(
    cyberSourceSettings.parse({
      ...account,
      keyId: "key",
      secret: "c2VjcmV0IG9mIG5vYm9keQ==",
      scenario: "lodging",
    }),
    "USD",
  ),
  Moneris: moneris.capabilityRows(
    monerisSettings.parse({
      ...account,
      merchantId: "0123456789101",
      clientId: "client",
      clientSecret: "nobodys-secret",
    }),
  ),
  Computop: computop.capabilityRows(
    computopSettings.parse({ ...account, apiKey: "nobodys-key", acquirer: "elavon_europe" }),
  ),
};

const lists: Readonly<Record<string, ListRow>> = {
  CyberSource: cybersource.LIST,
  Moneris: moneris.LIST,
  Computop: computop.LIST,
};

const visa = { card: { network: "visa" }, currency: "USD", profile: "lodging" } as const;
const byGateway = Object.entries(gateways).map(([name, rows]) => [name, capabilitiesFrom(rows, visa)] as const);

type Words = { readonly [K in keyof Omit<Capabilities, "recovery">]: readonly [string, (can: Capabilities) => string] };

/** What each capability is called, and how its value reads. */
const words: Words = {
  incrementable: [
    "Can be raised",
    ({ incrementable: can }) => (can === "unproven" ? "shown by the first increment" : can),
  ],
  increments: [
    "Most increments",
    ({ increments: limit }) => (limit ? `${limit.most} (${limit.count})` : "no limit known"),
  ],
  reverseIncrement: [
    "One increment reversed",
    ({ reverseIncrement: can }) => ({ none: "no: capture less", last: "the last only", any: "any" })[can],
  ],
  extension: ["Prolonged without raising", ({ extension }) => yesNo(extension)],
  partialCapture: [
    "Captured in parts",
    ({ partialCapture: can }) => ({ always: "yes", before_increments: "before increments", never: "no" })[can],
  ],
  incrementsAfterPartialCapture: [
    "Raised after a part was captured",
    (can) => yesNo(can.incrementsAfterPartialCapture),
  ],
  releaseAtCapture: [
    "The rest after a lower capture",
    ({ releaseAtCapture: rest }) => ({ automatic: "released by the gateway", lapses: "lapses at the bank" })[rest],
  ],
  partialApproval: [
    "Approved for less than asked",
    ({ partialApproval: { authorization, increment } }) =>
      authorization || increment ? `authorization ${yesNo(authorization)}, increment ${yesNo(increment)}` : "no",
  ],
  greatest: ["Greatest amount, minor units", ({ greatest }) => greatest?.toLocaleString("en-US") ?? "none known"],
  step: ["Amounts in steps of", ({ step }) => String(step)],
  readable: ["Can be read", ({ readable }) => yesNo(readable)],
  expiry: ["Lives", ({ expiry }) => (expiry ? life(expiry) : "as the network's rule says")],
};

const recovery: Readonly<Record<string, (can: Capabilities["recovery"]) => string>> = {
  "The same key again": ({ dedupe }) =>
    dedupe ? `${dedupe.replay.replaceAll("_", " ")}, within ${span(dedupe.window)}` : "is another operation",
  "Looked up": ({ lookUp }) =>
    lookUp ? `by ${lookUp.by}: ${lookUp.of.join(", ")}; may lag ${span(lookUp.lag)}` : "not at all",
  "Undone by our reference": ({ undo }) => (undo ? `${undo.of.join(", ")}, after ${span(undo.notBefore)}` : "no"),
  "Verdict comes by": ({ verdict }) => verdict,
  "An attempt may take": ({ deadline, slowestApply }) =>
    `${span(deadline)}, and be applied ${span(slowestApply)} later`,
};

const TITLES: Readonly<Record<string, string>> = {
  dedupe: "the same key again",
  lookUp: "looked up",
  undo: "undone by our reference",
  verdict: "verdict",
  deadline: "how long an attempt may take",
  slowestApply: "how long an attempt may take",
};

const OWN_LIST = "Its own list of payments";

export const gatewaysPage = [
  "# What each gateway can do",
  "",
  "Differences between gateways are data: one row a fact, with its source and the day on which it was read. What is not",
  "documented counts as absent, and what depends on your contract is a setting ([run.md](run.md)). A hold keeps the",
  "capabilities it was opened with. The table shows a Visa card in lodging, on an account with default settings.",
  "",
  table(
    ["", ...byGateway.map(([name]) => name)],
    [
      ...Object.values(words).map(([title, say]) => [title, ...byGateway.map(([, can]) => say(can))]),
      ...Object.entries(recovery).map(([title, say]) => [title, ...byGateway.map(([, can]) => say(can.recovery))]),
      [OWN_LIST, ...byGateway.map(([name]) => lists[name]?.shows ?? "none documented")],
    ],
  ),
  "",
  "How long a hold lives where its gateway doesn't say: `packages/bff/src/hold/expiry-rules.ts`, by network and trade.",
  ...Object.entries(gateways).flatMap(([name, rows]) => [
    "",
    `## ${name}`,
    "",
    table(["fact", "for", "source", "read"], [...rows.map(cells), ...listCells(lists[name])]),
  ]),
  "",
].join("\n");

export const gatewaysFile = join(import.meta.dirname, "../docs/gateways.md");

if (import.meta.main) writeFileSync(gatewaysFile, gatewaysPage);

function cells({ says, when = {}, source, read }: CapabilityRow): readonly string[] {
  const facts = Object.keys(says).map((key) => (isWorded(key) ? words[key][0].toLowerCase() : "recovery"));
  const named = Object.entries(says.recovery ?? {}).map(([key]) => key);
  const about = [...facts.filter((fact) => fact !== "recovery"), ...named.map((key) => TITLES[key] ?? key)];
  return [[...new Set(about)].join(", "), whom(when), source, read];
}

function listCells(row: ListRow | undefined): readonly (readonly string[])[] {
  return row ? [[OWN_LIST.toLowerCase(), "all", row.source, row.read]] : [];
}

function whom({ networks, funding, currencies, profiles, cardUnknown }: NonNullable<CapabilityRow["when"]>): string {
  const named = [networks, funding, currencies, profiles].flatMap((list) => list?.join(", ") ?? []);
  return [...named, ...(cardUnknown ? ["a card that nobody has named"] : [])].join("; ") || "all";
}

function isWorded(key: string): key is keyof Words {
  return key in words;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (one: readonly string[]) => `| ${one.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

function life({ captureWithin, prolongedBy }: ExpiryRule): string {
  const anew = prolongedBy.length > 0 ? `, anew from each ${prolongedBy.join(" and ")}` : "";
  return `${captureWithin / 86_400_000} days${anew}`;
}

function span(ms: number): string {
  if (ms % 3_600_000 === 0 && ms > 0) return `${ms / 3_600_000} h`;
  return ms % 60_000 === 0 && ms > 0 ? `${ms / 60_000} min` : `${ms / 1000} s`;
}

function yesNo(is: boolean): string {
  return is ? "yes" : "no";
}
