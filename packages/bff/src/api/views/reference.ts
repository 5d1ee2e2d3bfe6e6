/** Letters and digits that can't be mistaken for one another on a telephone. */
const ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ";

/** The last 40 bits of a hold's id, which are random, as eight characters for people: `7F3K-22Q9`. */
export function shortReference(hold: string): string {
  let rest = Number.parseInt(hold.slice(-10), 16);
  let letters = "";
  while (letters.length < 8) {
    letters = `${ALPHABET[rest % ALPHABET.length]}${letters}`;
    rest = Math.floor(rest / ALPHABET.length);
  }
  return `${letters.slice(0, 4)}-${letters.slice(4)}`;
}
