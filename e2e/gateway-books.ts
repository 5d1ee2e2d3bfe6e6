import { gateways, type DemoGateway } from "../examples/demo/gateways.ts";
import { places } from "./places.ts";

interface Sums {
  authorized: number;
  captured: number;
  released: number;
  held: number;
}

interface Payment {
  id: string;
  sums: Sums;
  movements: { kind: string; applied: number }[];
}

type Name = DemoGateway["name"];

/** The gateway's own books of the newest payment, in cents: the judge of every story. */
export async function books(gateway: Name = "cybersource"): Promise<Sums> {
  return (await newestPayment(gateway)).sums;
}

/** What the newest payment's books tell of it, in order: "increment 1000". */
export async function movements(gateway: Name): Promise<string[]> {
  const payment = await newestPayment(gateway);
  return payment.movements.map(({ kind, applied }) => `${kind} ${applied}`);
}

async function newestPayment(gateway: Name): Promise<Payment> {
  const merchant = gateways.find(({ name }) => name === gateway)?.merchant;
  const { payments } = (await ask("GET", `${gateway}/books/${merchant}`)) as { payments: Payment[] };
  const newest = payments.at(-1);
  if (!newest) throw new Error(`${gateway} has no payment`);
  return newest;
}

/** Sets how the gateway reads what its documents leave open. */
export async function setReading(name: string, value: string, gateway: Name = "cybersource"): Promise<void> {
  await ask("PUT", `${gateway}/readings/${name}`, { value });
}

/** The bank will say no to the gateway's next increment, whatever its amount. */
export async function declineNextIncrement(gateway: Name): Promise<void> {
  const outcome = gateway === "cybersource" ? "INSUFFICIENT_FUND" : "INSUFFICIENT_FUNDS";
  await ask("POST", "faults", { gateway, match: { operation: "increment" }, do: "outcome", outcome });
}

/** The gateway's next increment waits for its answer until this says so. */
export async function holdNextIncrement(gateway: Name = "cybersource"): Promise<() => Promise<void>> {
  const fault = { gateway, match: { operation: "increment" }, do: "delay", when: "before" };
  const { id } = (await ask("POST", "faults", fault)) as { id: string };
  return async () => void (await ask("POST", `faults/${id}/release`));
}

/** What a lower capture leaves: let go by the host of the gateway, or at Computop held until it lapses. */
export function leftOver(gateway: Name, amount: number): Pick<Sums, "released" | "held"> {
  return gateway === "computop" ? { released: 0, held: amount } : { released: amount, held: 0 };
}

/** How a site says that. */
export function leftOverInWords(gateway: Name, amount: string): string {
  return gateway === "computop"
    ? `${amount} was not needed; the bank frees it by itself later.`
    : `${amount} was not needed and goes back.`;
}

async function ask(method: string, path: string, body?: object): Promise<unknown> {
  const answer = await fetch(`${places.control.url}/${path}`, {
    method,
    ...(body && { headers: { "content-type": "application/json" }, body: JSON.stringify(body) }),
  });
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
  return answer.json();
}
