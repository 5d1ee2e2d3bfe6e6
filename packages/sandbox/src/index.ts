export { startSandbox } from "./server.ts";
export type { Address, Sandbox, SandboxOptions } from "./server.ts";
export type { GatewayName } from "./gateways.ts";
export type { Clock } from "./clock.ts";
export type { Random } from "./random.ts";
export { sandboxControl } from "./control/client.ts";
export type { SandboxControl } from "./control/client.ts";
export type { Fault, FaultReport, FaultScript, Operation } from "./control/fault.ts";
export type { CreateGateway, GatewayParts } from "./control/gateway-parts.ts";
export type { ImitatedGateway, IssuedToken } from "./control/imitated-gateway.ts";
export type { Answer, Delivery, JournalEntry } from "./control/journal.ts";
export type { DeliveryMode, Forgery, NoticeDelivery, NoticeReport } from "./control/notices.ts";
export type {
  BooksReport,
  CardReport,
  GatewayReport,
  MovementKind,
  MovementReport,
  OutcomeReport,
  PaymentReport,
  PaymentState,
  ReadingReport,
  Sums,
} from "./control/reports.ts";
