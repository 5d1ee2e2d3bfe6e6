import type { Language } from "./words.ts";

/**
 * English, and with it the list of everything that `<plimsoll-hold>` can say: other languages are typed by it, so a
 * missing message is a compile error. They ship as plain lists in this order: new messages go to the end.
 */
export const en = {
  tag: "en",
  rtl: false,
  messages: {
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
    placing: "Placing a hold. This is not a charge.",
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
    calmAgreed: "You agreed to up to {ceiling}. The final price may be lower.",
    calmEstimate: "Estimate: may rise to {ceiling}. The final price may be lower.",
    calm: "The final price may be lower. What is not used is released.",
    asking: "Asking your bank for {amount} more.",
    askingFirst: "Asking your bank.",
    waitingForYou: "{merchant} is waiting for your answer.",
    notApproved: "{amount} more was not approved. The hold stays {held}. Nothing was added.",
    notAdded: "{amount} more could not be added. The hold stays {held}.",
    partlyApproved: "{applied} of {asked} was approved. The hold is {held}.",
    authenticate: "Your bank wants you to confirm this with them. Ask {merchant}.",
    doubt: "We are checking the last step with the bank. Please don’t pay again.",
    ending: "This hold ends {when} if it is not charged before.",
    capturing: "Finishing. You will be charged {amount} of the {held} on hold.",
    reversing: "{merchant} is releasing this hold.",
    partlyCharged: "{amount} has been charged. {held} is still on hold.",
    goesBack: "What isn’t charged goes back to you.",
    usuallyShown: "Banks usually show it {days}.",
    chargedWhole: "All of the hold was charged. Nothing is left on hold.",
    expired: "This hold ended on {date}. Nothing has been charged.",
    notPlaced: "The hold could not be placed. Nothing was charged.",
    updated: "Updated. Ask {merchant} for the details.",
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
    isWaiting: "waiting for your bank",
    isQueued: "waiting its turn",
    isProposed: "waiting for your answer",
    isChecked: "being checked",
    isNotApproved: "not approved",
    isPartly: "{applied} of {asked} approved",
    isNotAdded: "not added",
    isDenied: "you said no",
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
    bankLater: "When the final price is known, they become one line with that price. Pending lines are not payments.",
    whyTitle: "Why a hold?",
    why: "{merchant} keeps this amount free on your card until the final price is known. Then that price is charged and the rest is released.",
    balance: "It lowers your balance until it is charged or released.",

    // the end
    forBank: "For your bank",
    receiptLead: "If the amount does not come back, give these to your bank.",
    rowCharged: "Charged",
    rowRequested: "Release requested",
    rowGoesBack: "Not needed, goes back",
    rowShown: "Your bank shows it",
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
    heardCharged: "You were charged {amount}.",

    // past its estimated end, and what a charge left on hold
    mayHaveEnded: "This hold may have ended. It can still be charged.",
    rest: "{amount} stays on hold until your bank frees it by itself.",
    restFrom: "from about {date}",
  },
} as const satisfies Language<string>;

export type HoldName = keyof typeof en.messages;

/** What a payer consents to: the words of the question can't be overridden. */
export const consentNames: readonly HoldName[] = [
  "askTitle",
  "askWhy",
  "askBare",
  "askNo",
  "askYes",
  "askIfNo",
  "askUntil",
];
