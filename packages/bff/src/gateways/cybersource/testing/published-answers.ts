/** The response samples of CyberSource's three pages on incremental authorization, as they stand there. */

const links = (self: string, next: string) => ({
  authReversal: { method: "POST", href: `/pts/v2/payments/${next}/reversals` },
  self: { method: "GET", href: `/pts/v2/payments/${self}` },
  capture: { method: "POST", href: `/pts/v2/payments/${next}/captures` },
});

/** "Incremental Authorization for Flexible Scenario" */
export const flexible = {
  _links: links("7474222613396289103814", "7474221808366131703814"),
  clientReferenceInformation: {
    comments: "Flexible Incremental Auth",
    code: "test123",
    partner: { developerId: "prodDeveloperId", solutionId: "prodSolutionId" },
  },
  id: "7474222613396289103814",
  orderInformation: { amountDetails: { totalAmount: "30.00", authorizedAmount: "10.00", currency: "USD" } },
  paymentInformation: { accountFeatures: { category: "F" } },
  processorInformation: {
    systemTraceAuditNumber: "067388",
    approvalCode: "033470",
    transactionId: "305136685813069",
    responseCode: "00",
  },
  reconciliationId: "7474221808366131703814",
  status: "AUTHORIZED",
  submitTimeUtc: "2025-05-16T19:04:21Z",
};

/** "Incremental Authorization" */
export const plain = {
  _links: links("6479624584536070903093", "6479624584536070903093"),
  clientReferenceInformation: { code: "33557799" },
  id: "6479624584536070903093",
  orderInformation: { amountDetails: { authorizedAmount: "105.00", currency: "USD" } },
  paymentAccountInformation: { card: { type: "001" } },
  paymentInformation: { tokenizedCard: { type: "001" }, card: { type: "001" } },
  processorInformation: {
    systemTraceAuditNumber: "819203",
    approvalCode: "831000",
    cardVerification: { resultCodeRaw: "M", resultCode: "M" },
    merchantAdvice: { code: "01", codeRaw: "M001" },
    responseDetails: "ABC",
    networkTransactionId: "016153570198200",
    retrievalReferenceNumber: "208115819203",
    consumerAuthenticationResponse: { code: "2", codeRaw: "2" },
    transactionId: "016153570198200",
    responseCode: "00",
    avs: { code: "Y", codeRaw: "Y" },
  },
  reconciliationId: "6479624584536070903093",
  status: "AUTHORIZED",
  submitTimeUtc: "2026-03-22T15:20:58Z",
};

/** Lodging, "Incremental Authorization" */
export const lodging = {
  _links: links("7334466205036952804953", "7334466205036952804953"),
  clientReferenceInformation: {
    comments: "Incremental Auth CP",
    code: "TestCode123",
    partner: { developerId: "AssignedDevID", solutionId: "AssignedSolutionID" },
  },
  id: "7334466205036952804953",
  orderInformation: { amountDetails: { totalAmount: "600.00", authorizedAmount: "100.00", currency: "USD" } },
  paymentInformation: { accountFeatures: { category: "A" } },
  processorInformation: {
    systemTraceAuditNumber: "023821",
    approvalCode: "012921",
    transactionId: "304341034201726",
    responseCode: "00",
  },
  reconciliationId: "214",
  status: "AUTHORIZED",
  submitTimeUtc: "2025-12-06T00:58:10Z",
};
