/** Where everything of the demo listens: one port after another, so that several demos can stand side by side. */
export function placesFrom(port: number) {
  const at = (offset: number) => ({ port: port + offset, url: `http://localhost:${port + offset}` });
  return {
    start: at(0),
    bff: at(1),
    cybersource: at(2),
    control: at(3),
    moneris: at(4),
    computop: at(5),
    hotel: at(6),
    charging: at(7),
    delivery: at(8),
  };
}

export type Places = ReturnType<typeof placesFrom>;
