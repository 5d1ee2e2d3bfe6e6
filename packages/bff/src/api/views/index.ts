export { merchantView } from "./merchant.ts";
export { payerView } from "./payer.ts";
export { receiptOf } from "./receipt.ts";
export { staffView } from "./staff.ts";
