/** Minor units as people read them: two decimals, put in place without arithmetic on fractions. */
export function dollars(cents) {
  const digits = String(Math.abs(cents)).padStart(3, "0");
  const whole = digits.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, ",");
  return `${cents < 0 ? "−" : ""}$${whole}.${digits.slice(-2)}`;
}

/** What becomes of the part of a hold that was not charged: let go at once, or kept by the bank until it lapses. */
export function rest({ released, stillHeld }) {
  if (stillHeld > 0) return ` ${dollars(stillHeld)} was not needed; the bank frees it by itself later.`;
  return released > 0 ? ` ${dollars(released)} was not needed and goes back.` : "";
}
