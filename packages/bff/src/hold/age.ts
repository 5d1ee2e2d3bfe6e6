import type { Entry, Hold, Instant, Operation } from "./model.ts";

/**
 * The same hold, this many milliseconds older: the test clock of a hold in test mode. Everything that it remembers
 * has happened earlier, so that what was to come is nearer, and nobody else's time moves.
 */
export function aged(hold: Hold, ms: number): Hold {
  const before = (at: Instant) => at - ms;
  const orNull = (at: Instant | null) => (at === null ? null : before(at));
  const consent = <C extends { readonly at: Instant } | null>(given: C) => given && { ...given, at: before(given.at) };
  const { terms, ceiling, contradicted, reading, reader } = hold;
  return {
    ...hold,
    terms: { ...terms, openedAt: before(terms.openedAt) },
    entries: hold.entries.map((entry): Entry => {
      const { at, notBefore, sendBy, endedAt, released } = entry;
      return {
        ...entry,
        at: before(at),
        notBefore: orNull(notBefore),
        sendBy: orNull(sendBy),
        endedAt: orNull(endedAt),
        consent: consent(entry.consent),
        released: released && { ...released, requestedAt: orNull(released.requestedAt) },
      };
    }),
    operations: hold.operations.map((operation): Operation => {
      const { startedAt, attempt, firstSentAt, lastDeadline, doubtSince, parkedAt, nextLookAt } = operation;
      const { alertedAt, waiting } = operation;
      return {
        ...operation,
        startedAt: before(startedAt),
        attempt: attempt && {
          ...attempt,
          startedAt: before(attempt.startedAt),
          deadline: before(attempt.deadline),
        },
        firstSentAt: before(firstSentAt),
        lastDeadline: before(lastDeadline),
        doubtSince: orNull(doubtSince),
        parkedAt: orNull(parkedAt),
        nextLookAt: orNull(nextLookAt),
        alertedAt: orNull(alertedAt),
        waiting: waiting && { ...waiting, until: before(waiting.until) },
      };
    }),
    ceiling: ceiling && { ...ceiling, consent: consent(ceiling.consent) },
    contradicted: contradicted && { ...contradicted, since: before(contradicted.since) },
    reviewSince: orNull(hold.reviewSince),
    captureBy: orNull(hold.captureBy),
    warned: hold.warned && { ...hold.warned, captureBy: before(hold.warned.captureBy) },
    expiredAt: orNull(hold.expiredAt),
    reading: reading && {
      ...reading,
      at: before(reading.at),
      since: before(reading.since),
      alertedAt: orNull(reading.alertedAt),
    },
    reader: reader && { startedAt: before(reader.startedAt), deadline: before(reader.deadline) },
    readAt: orNull(hold.readAt),
    hintAt: orNull(hold.hintAt),
    hintedAt: orNull(hold.hintedAt),
    movedAt: before(hold.movedAt),
    endedAt: orNull(hold.endedAt),
  };
}
