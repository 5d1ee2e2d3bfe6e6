import type { Order } from "../port.ts";
import type { CyberSourceSettings } from "./settings.ts";

/**
 * What CyberSource shows beside the request in its Business Center: "Lodging Transaction Descriptions" and "Electric
 * Vehicle Charging Transaction Descriptions". Null where the tables name none. For a flexible increment the page's
 * list of fields says "Incremental Auth" and its sample and the table the longer text, which is taken.
 */
export function commentOf(order: Order, { scenario, cardPresent }: CyberSourceSettings): string | null {
  switch (scenario) {
    case "flexible":
      return flexible(order);
    case "lodging":
      return lodging(order, cardPresent);
    case "default":
      return null;
  }
}

function flexible({ kind, delta, held }: Order): string | null {
  switch (kind) {
    case "authorize":
      return "Flexible Auth";
    case "increment":
      return "Flexible Incremental Auth";
    case "capture":
      return delta < held ? "Flexible Capture Less Than Auth" : "Flexible Capture";
    case "extend":
    case "reverse":
      return null;
  }
}

function lodging({ kind }: Order, cardPresent: boolean): string | null {
  const presence = cardPresent ? "CP" : "CNP";
  switch (kind) {
    case "authorize":
      return `Checkin Auth ${presence}`;
    case "increment":
      return `Incremental Auth ${presence}`;
    case "capture":
      return cardPresent ? "Checkout Capture CP" : null;
    case "extend":
    case "reverse":
      return null;
  }
}
