import type { Language } from "./words.ts";

/** What speaks to the payer: who is not the payer reads each of these in other words. */
export const toPayer = {
  placing: "Placing a hold. This is not a charge.",
  calmAgreed: "You agreed to up to {ceiling}. The final price may be lower.",
  calmEstimate: "Estimate: may rise to {ceiling}. The final price may be lower.",
  calm: "The final price may be lower. What is not used is released.",
  asking: "Asking your bank for {amount} more.",
  askingFirst: "Asking your bank.",
  waitingForYou: "{merchant} is waiting for your answer.",
  authenticate: "Your bank wants you to confirm this with them. Ask {merchant}.",
  doubt: "We are checking the last step with the bank. Please don’t pay again.",
  capturing: "Finishing. You will be charged {amount} of the {held} on hold.",
  reversing: "{merchant} is releasing this hold.",
  goesBack: "What isn’t charged goes back to you.",
  updated: "Updated. Ask {merchant} for the details.",
  isWaiting: "waiting for your bank",
  isProposed: "waiting for your answer",
  isDenied: "you said no",
  rowShown: "Your bank shows it",
  heardCharged: "You were charged {amount}.",
  rest: "{amount} stays on hold until your bank frees it by itself.",
  isAwaited: "waiting for you",
  waitingToPay: "{merchant} is waiting for you to pay. Nothing is on hold yet.",
} as const;

/** What everybody reads in the same words. */
export const toAll = {
  // freshness
  upToDate: "Up to date",
  updating: "Updating",
  lastConfirmed: "Last confirmed {time}",
  checked: "Checked {time}",
  asOf: "As of {time}",
  final: "Final",
  // ribbons
  demo: "Demo",
  test: "Test",

  // under the amount
  onHold: "on hold, not charged",
  charged: "charged",
  released: "released, nothing charged",
  ended: "ended, nothing charged",
  nothingOnHold: "Nothing on hold",
  beingReleased: "on hold, being released",
  beingChecked: "being checked",

  // gauge
  upTo: "up to {amount}",
  was: "was {amount}",
  meter: "{held} on hold of {ceiling}",
  meterFree: "{held} on hold",
  meterMore: "{sentence}, {amount} more waiting",

  // notices
  notApproved: "{amount} more was not approved. The hold stays {held}. Nothing was added.",
  notAdded: "{amount} more could not be added. The hold stays {held}.",
  partlyApproved: "{applied} of {asked} was approved. The hold is {held}.",
  ending: "This hold ends {when} if it is not charged before.",
  partlyCharged: "{amount} has been charged. {held} is still on hold.",
  usuallyShown: "Banks usually show it {days}.",
  chargedWhole: "All of the hold was charged. Nothing is left on hold.",
  expired: "This hold ended on {date}. Nothing has been charged.",
  notPlaced: "The hold could not be placed. Nothing was charged.",
  cantShow: "Can’t be shown right now.",
  openTooLong: "This page was open too long to show the hold. Reload it.",
  tryAgain: "Try again",

  // steps
  firstHold: "First hold",
  addition: "Addition",
  prolonging: "Extension",
  takenBack: "Taken back",
  correction: "Correction",
  isAdded: "added",
  isReleased: "released",
  isDone: "done",
  isQueued: "waiting its turn",
  isChecked: "being checked",
  isNotApproved: "not approved",
  isPartly: "{applied} of {asked} approved",
  isNotAdded: "not added",
  isWithdrawn: "withdrawn",
  isLapsed: "not sent in time",
  isUpdated: "updated",
  total: "Total",
  allSteps: "All {count} steps",

  // the question
  askTitle: "Raise the hold to {total}?",
  askWhy: "{merchant} asks for {amount} more: {reason}",
  askBare: "{merchant} asks for {amount} more.",
  askNo: "No, keep {held}",
  askYes: "Yes, raise to {total}",
  askIfNo: "If you say no, the hold stays {held}.",
  askUntil: "Open until {time}.",
  sending: "Sending your answer.",
  notSent: "Your answer did not get through. Try again.",
  changed: "The hold has changed. Look at the new total first.",

  // what your bank may show
  bankTitle: "What your bank may show",
  bankOne: "One pending line that grows:",
  bankMany: "Or one pending line for each step:",
  bankLater: "In the end they become one line. Pending lines are not payments.",
  whyTitle: "Why a hold?",
  why: "{merchant} keeps this amount free on your card until the final price is known. Then that is charged and the rest released.",
  balance: "It lowers your balance until it is charged or released.",

  // the end
  forBank: "For your bank",
  receiptLead: "If it does not come back, give these to your bank.",
  rowCharged: "Charged",
  rowRequested: "Release requested",
  rowGoesBack: "Not needed, goes back",
  days: "within {from} to {to} business days",
  day: "within {to} business days",
  receiptCard: "Card",
  receiptOpened: "Hold placed",
  receiptEnded: "Ended",
  receiptNetwork: "Network transaction",
  receiptCodes: "Approval codes",
  receiptReference: "Reference",

  // foot
  endsAbout: "Ends about {date}",
  endsAt: "Ends {date}",
  endedAt: "Ended {date}",
  reference: "Reference {reference}",

  // announcements
  heardPlaced: "A hold of {held} was placed.",
  heardRaised: "Hold raised by {amount}, now {held}.",
  heardLowered: "Hold lowered by {amount}, now {held}.",

  // past its estimated end, and what a charge left on hold
  mayHaveEnded: "This hold may have ended. It can still be charged.",
  restFrom: "from about {date}",

  // a charge that was not taken, a payer who is awaited on a page, steps in line, an estimated end
  charge: "Charge",
  isNotCharged: "not charged",
  notCharged: "{amount} was not charged. The hold stays {held}.",
  notChargedLate: "{amount} was not charged. This hold may have ended.",
  next: "Next: {amount} more.",
  about: "about {count}",
} as const;

/**
 * English, and with it the list of everything that `<plimsoll-hold>` can say: other languages are typed by it, so a
 * missing message is a compile error. They ship as plain lists in this order: new messages go to the end.
 */
export const en = {
  tag: "en",
  rtl: false,
  messages: { ...toAll, ...toPayer },
} as const satisfies Language<string>;

export type HoldName = keyof typeof en.messages;

/** What a payer consents to: the words of the question can't be overridden. */
export const consentNames = /^ask[A-Z]/;
