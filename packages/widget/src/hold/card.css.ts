import { css } from "lit";

/** Sizes are px at 16 px, in em of the host; font sizes stand only on elements that hold text, so they never nest. */
export const card = css`
  :host {
    min-block-size: 40em;
    container-type: inline-size;
  }
  .base {
    position: relative;
    display: flex;
    flex-direction: column;
    min-block-size: 40em;
    overflow: clip;
    border-radius: var(--radius);
    background: var(--surface);
    line-height: 1.4;
  }
  .base::after {
    content: "";
    position: absolute;
    inset: 0;
    border: 1px solid var(--rule);
    border-radius: inherit;
    pointer-events: none;
  }
  .blank {
    padding: 1em;
  }
  p,
  ol,
  ul,
  dl,
  dd {
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .ribbon {
    block-size: 1.5385em;
    background: var(--warn);
    color: var(--surface);
    font-size: 0.8125em;
    font-weight: 650;
    line-height: 1.5385;
    text-align: center;
  }
  .head {
    display: grid;
    align-content: start;
    grid-template-columns: auto minmax(0, 1fr) auto;
    min-block-size: 3.25em;
    padding: 0.75em 1em 0;
  }
  .merchant {
    grid-column: 2;
    font-size: 0.875em;
    font-weight: 600;
  }
  .fresh {
    display: flex;
    gap: 0.5em;
    align-items: center;
    color: var(--ink-soft);
    font-size: 0.8125em;
    font-variant-numeric: tabular-nums;
  }
  .dot {
    flex: none;
    inline-size: 0.6em;
    block-size: 0.6em;
    border: 2px solid;
    border-radius: 50%;
  }
  .dot.good {
    background: currentColor;
  }
  .descriptor {
    grid-column: 2 / -1;
    color: var(--ink-soft);
    font-size: 0.8125em;
  }
  ::slotted([slot="logo"]) {
    grid-row: span 2;
    margin-inline-end: 0.5em;
  }
  .sum {
    min-block-size: 4.375em;
    padding-inline: 1em;
  }
  .amount {
    font-size: min(2.375em, (100cqi - 2.25em) / var(--chars) / 0.58);
    font-weight: 650;
    letter-spacing: -0.02em;
    line-height: 1.1;
  }
  .caption {
    font-size: 1.0625em;
    font-weight: 500;
    line-height: 1.2;
  }
  .notices {
    display: flex;
    gap: 0.5em;
    align-items: start;
    justify-content: space-between;
    min-block-size: 3.375em;
    padding: 0.625em 1em 0;
  }
  .notice {
    display: flex;
    gap: 0.5em;
    animation: swap 160ms;
  }
  .notice .icon {
    margin-block-start: 0.1875em;
  }
  .notice p,
  .what,
  .ask p,
  .row > .money,
  .total span,
  .fold .grow {
    font-size: 0.9375em;
  }
  .stage {
    min-block-size: 12.375em;
    padding: 0.25em 1em 0;
    animation: swap 160ms;
  }
  .row {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr) auto;
    column-gap: 0.625em;
    align-items: center;
    min-block-size: 3em;
    padding-block: 0.3125em;
    line-height: 1.3;
  }
  .row + .row,
  .rows + .rows {
    border-block-start: 1px solid var(--rule);
  }
  .what {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .unfolded .what {
    overflow-wrap: anywhere;
    white-space: normal;
  }
  .struck {
    color: var(--ink-soft);
  }
  .detail {
    grid-column: 2 / -1;
    color: var(--ink-soft);
    font-size: 0.8125em;
    font-variant-numeric: tabular-nums;
  }
  .line {
    position: relative;
    display: flex;
    gap: 0.75em;
    align-items: center;
    inline-size: 100%;
    padding: 0 1em;
    border: 0;
    background: none;
    color: inherit;
    font: inherit;
    text-align: start;
  }
  button {
    cursor: pointer;
  }
  button.line::before {
    content: "";
    position: absolute;
    inset: -3px 0;
  }
  button.line:focus-visible {
    outline-offset: -3px;
    border-radius: 6px;
  }
  .grow {
    flex: 1;
  }
  .total {
    position: relative;
    min-block-size: 2.375em;
    font-weight: 600;
  }
  .total:not(.empty)::before {
    content: "";
    position: absolute;
    inset: 0 1em auto;
    border-block-start: 1.5px solid var(--ink);
  }
  .total .line {
    min-block-size: 2.375em;
  }
  .fold {
    border-block: 1px solid var(--rule);
  }
  .fold .line {
    min-block-size: calc(2.75em - 2px);
  }
  .chevron {
    flex: none;
    inline-size: 0.5em;
    block-size: 0.5em;
    margin-inline-end: 0.125em;
    border: solid;
    border-width: 0 1.75px 1.75px 0;
    translate: 0 -0.125em;
    rotate: 45deg;
  }
  [aria-expanded="true"] .chevron {
    translate: 0 0.125em;
    rotate: 225deg;
  }
  .bank {
    display: grid;
    gap: 0.625em;
    padding: 0.125em 1em 1em;
  }
  .bank p {
    font-size: 0.875em;
  }
  .lines {
    border-radius: 8px;
    padding: 0.375em 0.75em;
    background: var(--plate);
  }
  .lines > * {
    display: flex;
    gap: 1em;
    justify-content: space-between;
    padding-block: 0.1875em;
  }
  .lines span,
  dt,
  dd {
    font-size: 0.8125em;
    overflow-wrap: anywhere;
  }
  dt {
    color: var(--ink-soft);
  }
  dd {
    text-align: end;
    user-select: all;
  }
  .foot {
    min-block-size: 3.5em;
    padding: 0.5em 1em;
    color: var(--ink-soft);
  }
  .foot div {
    font-size: 0.8125em;
    font-variant-numeric: tabular-nums;
  }
  .ask {
    padding-block-start: 0.25em;
  }
  .ask .title {
    font-size: 1.125em;
    font-weight: 650;
  }
  .ask p {
    line-height: 1.3;
    overflow-wrap: anywhere;
  }
  .ask .title + p {
    margin-block-start: 0.25em;
  }
  .ask .detail {
    font-size: 0.8125em;
  }
  .answers {
    display: grid;
    grid-auto-columns: 1fr;
    grid-auto-flow: column;
    gap: 0.5em;
    margin-block: 0.75em 0.5em;
  }
  .answers button,
  .quiet {
    min-block-size: 2.9334em;
    padding: 0.25em 0.75em;
    border: 1px solid var(--action);
    border-radius: 10px;
    background: var(--surface);
    color: var(--action);
    font: inherit;
    font-size: 0.9375em;
    font-weight: 650;
    line-height: 1.2;
  }
  .answers button:hover,
  .quiet:hover {
    background: var(--plate);
  }
  .answers button[aria-disabled="true"] {
    cursor: default;
    background: var(--surface);
  }
  .quiet {
    flex: none;
    justify-self: start;
  }
`;
