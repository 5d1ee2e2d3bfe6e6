import { css } from "lit";

/** What changes with the width, forced colours and print. */
export const widths = css`
  @container console (min-width: 40em) {
    .view {
      display: grid;
      grid-template-columns: minmax(0, 1fr) minmax(18em, 20em);
    }
    .view > .blank {
      grid-column: 1 / -1;
    }
    .actions {
      border-inline-start: 1px solid var(--rule);
    }
    .bar {
      display: none;
    }
    .menu,
    .menu .main {
      display: grid;
    }
    .idle,
    .acting .steps,
    .acting .foot {
      display: block;
    }
    .form {
      padding-block-end: 1em;
      border-block-end: 1px solid var(--rule);
    }
  }
  @container console (min-width: 60em) {
    .listed .panes {
      grid-template-columns: 22em minmax(0, 1fr);
    }
    .at-list.listed .view {
      display: grid;
    }
    .at-hold.listed .list {
      display: block;
    }
    .list {
      align-self: start;
      position: sticky;
      inset-block-start: 0;
      max-block-size: 100vb;
      overflow-y: auto;
    }
    .view {
      border-inline-start: 1px solid var(--rule);
    }
    .panes:not(:has(.list)) .view {
      border: 0;
    }
    .leave {
      display: none;
    }
  }
  @container console (max-width: 17.5em) {
    .form .answers,
    .bar .answers {
      grid-auto-flow: row;
      grid-template-columns: minmax(0, 1fr);
    }
    .pick {
      grid-template-columns: 1.25em minmax(0, 1fr);
    }
    .pick > .money {
      grid-column: 2;
    }
  }
  @media (forced-colors: active) {
    .pick[aria-current="true"] {
      outline: 2px solid Highlight;
      outline-offset: -2px;
    }
    .ring {
      border-color: CanvasText;
      background: linear-gradient(to top, CanvasText calc(var(--at) * 50%), Canvas 0) padding-box;
      forced-color-adjust: none;
    }
    .ring::after {
      border-color: CanvasText;
    }
    .base button[aria-disabled="true"] {
      border-color: GrayText;
      color: GrayText;
    }
    input[aria-invalid="true"] {
      border-width: 3px;
    }
  }
  @media print {
    .bar,
    .actions,
    .search {
      display: none;
    }
  }
`;
