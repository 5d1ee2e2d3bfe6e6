/** One mistake that somebody could make: shipped text, replaced while it is loaded. Each has to be found by a schedule. */
export interface Plant {
  readonly name: string;
  readonly changes: readonly { readonly file: string; readonly text: string; readonly by: string }[];
}

export const PLANTS: readonly Plant[] = [
  {
    name: "the gateway is called before the commit stands that writes it",
    changes: [
      {
        file: "driver/driver.ts",
        text: "        : accept(seen, submission, moment(), (account) => handOf(account, seen.paused));",
        by: `        : early(accept(seen, submission, moment(), (account) => handOf(account, seen.paused)));
    const early = (made) => {
      if (made.result.is === "accepted") begins(made.result);
      return made;
    };`,
      },
      {
        file: "driver/driver.ts",
        text: '      (one) => (one.is === "accepted" ? one : undefined),',
        by: "      () => undefined,",
      },
    ],
  },
  {
    name: "a lost request is sent again where nothing dedupes",
    changes: [
      {
        file: "hold/looks.ts",
        text: '  if (!dedupe || dedupe.replay === "stored_error") return false;',
        by: '  if (!dedupe) return operation.parkedAt === null;\n  if (dedupe.replay === "stored_error") return false;',
      },
    ],
  },
  {
    name: "a first authorization that was lost is asked for at once under another name",
    changes: [
      {
        file: "driver/work.ts",
        text: "          outcome: await gateway.ask({ order, written, number: attempt, token, signal }),",
        by: `          outcome: await (async () => {
            const first = await gateway.ask({ order, written, number: attempt, token, signal });
            if (first.is !== "unknown" || order.kind !== "authorize") return first;
            const other = (name) => name.slice(0, -1) + (name.endsWith("a") ? "b" : "a");
            const twin = { ...order, reference: other(order.reference), key: other(order.key) };
            return gateway.ask({ order: twin, written: gateway.write(twin), number: attempt, token, signal });
          })(),`,
      },
    ],
  },
  {
    name: "a look that finds nothing is believed before the quiet time",
    changes: [{ file: "hold/learn.ts", text: "  const quiet = quietAt(hold, operation);", by: "  const quiet = 0;" }],
  },
  {
    name: "a step is not judged again when its turn comes",
    changes: [
      {
        file: "hold/next-step.ts",
        text: "  const refusal = ended(hold) ?? parkedRefusal(hold, entry) ?? headRefusal(hold, entry);",
        by: "  const refusal = ended(hold) ?? parkedRefusal(hold, entry);",
      },
    ],
  },
  {
    name: "a verdict that comes late is dropped",
    changes: [
      {
        file: "hold/learn.ts",
        text: '  if (evidence.from === "notice") return learnNotice(hold, operation, evidence.outcome, now);',
        by: `  if (evidence.from === "notice")
    return operation.doubtSince === null ? learnNotice(hold, operation, evidence.outcome, now) : [];`,
      },
    ],
  },
  {
    name: "a doubt is never looked at: it freezes for ever",
    changes: [
      {
        file: "hold/looks.ts",
        text: 'type: "doubted", operation: operation.id, nextLookAt: looks ? now + wait : null };',
        by: 'type: "doubted", operation: operation.id, nextLookAt: null };',
      },
    ],
  },
  {
    name: "a hint is cleared by a look that began before it",
    changes: [
      {
        file: "hold/evolve.ts",
        text: "  if (hintAt === null || startedAt < hintAt) return hintAt;",
        by: "  if (hintAt === null) return hintAt;",
      },
    ],
  },
  {
    name: "an attempt is started although its process has stalled past its time",
    changes: [
      {
        file: "driver/work.ts",
        text: "  if (left() < job.limit - SLACK) return",
        by: "  if (left() < Number.NEGATIVE_INFINITY) return",
      },
      {
        file: "gateways/deadline.ts",
        text: "  return signal.aborted || over.get(signal)?.() === true;",
        by: "  return signal.aborted;",
      },
    ],
  },
  {
    name: "a key is not kept, and the same request is accepted twice",
    changes: [
      {
        file: "driver/accept.ts",
        text: "  const key = digest === undefined ? {} : { key: { digest, hold: hold.terms.id, entry } };",
        by: "  const key = {};",
      },
    ],
  },
  {
    name: "an unknown outcome is read as a decline",
    changes: [
      {
        file: "hold/learn.ts",
        text: '    case "unknown":\n      return [...doubtAgain(hold, operation, attempt, now), ...names(operation, outcome)];',
        by: `    case "unknown": {
      const no = declined({ code: outcome.cause, networkCode: null, advice: null });
      return concluded(hold, operation, no, now);
    }`,
      },
    ],
  },
  {
    name: "a total is sent where a delta is wanted",
    changes: [
      {
        file: "gateways/moneris/write.ts",
        text: 'written(on("increment"), step(order, order.delta))',
        by: 'written(on("increment"), step(order, order.totalAfter))',
      },
    ],
  },
  {
    name: "a viewer is told an older version after a newer one",
    changes: [
      {
        file: "live/latest.ts",
        text: "      if ((newest.get(id) ?? 0) >= hold.version) return;\n      newest.set",
        by: "      newest.set",
      },
    ],
  },
  {
    name: "news that is lost is never made up for",
    changes: [
      {
        file: "live/relay.ts",
        text: "      store.news?.hear(hear);\n      if (!store.exclusive) schedule();",
        by: "      store.news?.hear(hear);",
      },
    ],
  },
];
