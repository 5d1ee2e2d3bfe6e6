/** Instants as a person at this machine reads them: their own time zone, the page's locale. `at` is ISO text or milliseconds. */
export interface Times {
  /** "1:58 PM", with the day where it isn't today's. */
  clock(at: string | number): string;
  /** "Nov 27". */
  day(at: string): string;
  /** "Fri, Nov 27, 1:00 PM PST". */
  whole(at: string | number): string;
  /** "in 9 hours"; `about` may put a word before the number. */
  until(at: string | number, about?: (count: string) => string): string;
}

/** `now` is the server's, in milliseconds; `zone` only for tests and the gallery. */
export function times(locale: string, now: number, zone?: string): Times {
  const format = (kind: keyof typeof FORMATS, at: number): string => formatter(locale, kind, zone).format(at);
  return {
    clock: (at) => {
      const instant = +new Date(at);
      return format(format("day", instant) === format("day", now) ? "clock" : "other", instant);
    },
    day: (at) => format("date", +new Date(at)),
    whole: (at) => format("whole", +new Date(at)),
    until: (at, about) => relative(locale, +new Date(at) - now, about),
  };
}

const FORMATS = {
  day: { dateStyle: "short" },
  date: { month: "short", day: "numeric" },
  clock: { timeStyle: "short" },
  other: { month: "short", day: "numeric", hour: "numeric", minute: "2-digit" },
  whole: {
    weekday: "short",
    month: "short",
    day: "numeric",
    hour: "numeric",
    minute: "2-digit",
    timeZoneName: "short",
  },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;

const known = new Map<string, Intl.DateTimeFormat>();

function formatter(locale: string, kind: keyof typeof FORMATS, timeZone: string | undefined): Intl.DateTimeFormat {
  const key = [locale, kind, timeZone].join();
  const found =
    known.get(key) ?? new Intl.DateTimeFormat(locale, timeZone ? { ...FORMATS[kind], timeZone } : FORMATS[kind]);
  known.set(key, found);
  return found;
}

const MINUTE = 60_000;

function relative(locale: string, ms: number, about: (count: string) => string = String): string {
  const minutes = Math.max(1, Math.round(ms / MINUTE));
  const [count, unit] =
    minutes < 90
      ? ([minutes, "minute"] as const)
      : minutes < 36 * 60
        ? ([Math.round(minutes / 60), "hour"] as const)
        : ([Math.round(minutes / 1440), "day"] as const);
  return new Intl.RelativeTimeFormat(locale).format(count, unit).replace(/\p{N}+/u, about);
}
