/** What an option of a proof that is run alone says; throws where it is no number of zero or more. */
export function numberOf(option: string, given: string): number {
  const number = Number(given);
  if (!(number >= 0)) throw new Error(`--${option} ${given}: that is no number`);
  return number;
}
