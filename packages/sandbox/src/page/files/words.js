/** Minor units as a decimal: 1000 with exponent 2 is `10.00`. No float is made of it. */
export function money(minor, exponent) {
  const text = String(Math.abs(minor)).padStart(exponent + 1, "0");
  const sign = minor < 0 ? "−" : "";
  return sign + (exponent === 0 ? text : `${text.slice(0, -exponent)}.${text.slice(-exponent)}`);
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** The two largest units of a length of time: `9 d 23 h`. */
export function span(ms) {
  if (ms < MINUTE) return "less than a minute";
  if (ms < HOUR) return `${Math.floor(ms / MINUTE)} min`;
  if (ms < DAY) return `${Math.floor(ms / HOUR)} h ${Math.floor((ms % HOUR) / MINUTE)} min`;
  return `${Math.floor(ms / DAY)} d ${Math.floor((ms % DAY) / HOUR)} h`;
}

/** An instant without seconds' fractions, UTC. */
export function instant(ms) {
  return new Date(ms)
    .toISOString()
    .replace("T", " ")
    .replace(/\.\d{3}Z$/u, " UTC");
}
