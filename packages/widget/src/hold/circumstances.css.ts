import { css } from "lit";

/** Narrow places, less motion, forced colours, paper. */
export const circumstances = css`
  @container (max-width: 17.5em) {
    .head {
      grid-template-columns: minmax(0, 1fr);
    }
    .head > * {
      grid-column: 1;
    }
    .answers {
      grid-auto-flow: row;
    }
    .row {
      grid-template-columns: auto minmax(0, 1fr);
    }
    .row > .money {
      grid-column: 2;
      justify-self: start;
    }
    .what {
      overflow-wrap: anywhere;
      white-space: normal;
    }
    .notices,
    .total .line,
    .lines > * {
      flex-wrap: wrap;
    }
    .mark {
      inset-block-end: calc(0.75px - 0.75em);
      inset-inline-end: 0.5em;
      inline-size: 2.4em;
      block-size: 1.5em;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    *,
    ::before {
      animation: none !important;
      transition: none !important;
    }
  }
  @media (forced-colors: active) {
    .gauge {
      --plate: Canvas;
      --ink: CanvasText;
      --held: CanvasText;
      --deep: CanvasText;
      --charged: CanvasText;
      --edge: CanvasText;
      border-block: 1px solid CanvasText;
      color: CanvasText;
      forced-color-adjust: none;
    }
    .waterline {
      border-color: Canvas;
    }
    .dot.good {
      border-color: CanvasText;
      background: CanvasText;
      forced-color-adjust: none;
    }
    .lines {
      border: 1px solid CanvasText;
    }
  }
  @media print {
    .base {
      break-inside: avoid;
    }
    .chevron,
    .quiet {
      display: none;
    }
    .gauge {
      print-color-adjust: exact;
    }
  }
`;
