import { css } from "lit";

/** A desk's list of holds. */
export const list = css`
  .list {
    min-inline-size: 0;
    padding-block-end: 0.5em;
  }
  .list .head {
    grid-template-columns: minmax(0, 1fr) auto;
    min-block-size: 0;
    padding-block-end: 0.5em;
  }
  .list .merchant {
    grid-column: 1;
  }
  .count {
    color: var(--ink-soft);
    font-weight: 500;
    font-variant-numeric: tabular-nums;
  }
  .search {
    padding: 0 1em 0.25em;
  }
  .group {
    padding: 0.9231em 1.2308em 0.3077em;
    color: var(--ink-soft);
    font-size: 0.8125em;
    font-weight: 650;
    letter-spacing: 0.02em;
  }
  .pick {
    position: relative;
    display: grid;
    grid-template-columns: 1.25em minmax(0, 1fr) auto;
    column-gap: 0.625em;
    align-items: center;
    inline-size: 100%;
    min-block-size: 3.25em;
    padding: 0.375em 1em;
    border: 0;
    background: none;
    color: inherit;
    font: inherit;
    text-align: start;
  }
  li + li > .pick::before {
    content: "";
    position: absolute;
    inset: 0 1em auto;
    border-block-start: 1px solid var(--rule);
  }
  .pick > .icon,
  .ring {
    justify-self: center;
  }
  .pick > .money {
    font-size: 0.9375em;
    line-height: 1.3334;
  }
  .pick:hover,
  .pick[aria-current="true"] {
    background: var(--plate);
  }
  .pick[aria-current="true"]::after {
    content: "";
    position: absolute;
    inset-block: 0;
    inset-inline-start: 0;
    inline-size: 3px;
    background: var(--action);
  }
  .pick[aria-current="true"] .what {
    font-weight: 600;
  }
  .pick:focus-visible {
    outline-offset: -3px;
    border-radius: 6px;
  }
  .ring {
    position: relative;
    inline-size: 1.125em;
    block-size: 1.125em;
    border: 2px solid var(--ink);
    border-radius: 50%;
    background: linear-gradient(to top, var(--held) calc(var(--at) * 50%), #0000 0) padding-box;
  }
  .ring::after {
    content: "";
    position: absolute;
    inset: calc(50% - 1px) -5px auto;
    border-block-start: 2px solid var(--ink);
  }
  .none {
    padding: 1em;
    color: var(--ink-soft);
    font-size: 0.9375em;
  }
`;
