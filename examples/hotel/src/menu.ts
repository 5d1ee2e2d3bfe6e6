/** What a stay at Harbor Hotel can come to, in cents. */
export const menu = {
  stay: { amount: 40_000, reason: "Two nights" },
  charges: [
    { name: "dinner", label: "Dinner", amount: 5_000, reason: "Dinner, room 412" },
    { name: "night", label: "One more night", amount: 20_000, reason: "One more night" },
    { name: "mini-bar", label: "Mini-bar", amount: 5_000, reason: "Mini-bar" },
    // The sandbox's issuer declines amounts that end in 51, takes its time over 91 and loses its answer to 92.
    { name: "spa", label: "Spa (the bank declines)", amount: 4_051, reason: "Spa" },
    { name: "laundry", label: "Laundry (the answer is lost)", amount: 992, reason: "Laundry" },
    { name: "parking", label: "Parking (a slow bank)", amount: 1_591, reason: "Parking" },
  ],
  question: { label: "Two more nights (ask the guest)", amount: 25_000, reason: "Two more nights" },
} as const;
