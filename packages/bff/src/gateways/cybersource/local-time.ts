/** REST SDK, transactionLocalDateTime: the date and time at the merchant's place as YYYYMMDDhhmmss. */
export function localDateTime(at: number, timeZone: string): string {
  const parts = new Intl.DateTimeFormat("en-US", {
    timeZone,
    calendar: "gregory",
    numberingSystem: "latn",
    hourCycle: "h23",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
  }).formatToParts(at);
  const digits = (wanted: Intl.DateTimeFormatPartTypes) => parts.find(({ type }) => type === wanted)?.value ?? "";
  return ORDER.map(digits).join("");
}

const ORDER: readonly Intl.DateTimeFormatPartTypes[] = ["year", "month", "day", "hour", "minute", "second"];
