import { css } from "lit";

/** How list, hold and actions lie: one above another, or side by side. */
export const panes = css`
  .panes {
    display: grid;
    flex: 1;
  }
  .view {
    display: flex;
    flex-direction: column;
    min-inline-size: 0;
  }
  :host {
    container-name: console;
  }
  .hold {
    min-inline-size: 0;
    container-type: inline-size;
  }
  /* Codes like KWD are wider than figures. */
  .amount {
    font-size: min(2.375em, (100cqi - 2.25em) / var(--chars) / 0.66);
  }
  .at-list.listed .view,
  .at-hold.listed .list {
    display: none;
  }
  .hold .head {
    grid-template-columns: auto minmax(0, 1fr) auto;
  }
  .merchant {
    overflow-wrap: anywhere;
  }
  .leave {
    grid-row: span 2;
    display: grid;
    place-items: center;
    align-self: start;
    inline-size: 2.75em;
    block-size: 2.75em;
    margin: -0.375em -0.25em 0 -0.75em;
    border: 0;
    border-radius: 10px;
    background: none;
    color: var(--action);
    font: inherit;
  }
  .leave .chevron {
    inline-size: 0.625em;
    block-size: 0.625em;
    border-width: 0 0 2px 2px;
    margin: 0;
    translate: 0.125em 0;
  }
  :dir(rtl) > .leave .chevron {
    rotate: 225deg;
  }
  .steps {
    padding: 0.25em 0 0;
  }
  .steps .rows {
    padding-inline: 1em;
  }
  .tool {
    grid-column: 2 / -1;
    display: flex;
    flex-wrap: wrap;
    gap: 0.25em 0.75em;
    align-items: center;
    padding-block-start: 0.375em;
  }
  .blank {
    color: var(--ink-soft);
  }
`;
