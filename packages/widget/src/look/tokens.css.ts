import { css } from "lit";

/**
 * The tokens that a merchant may set as `--plimsoll-*`, with their defaults for light and dark. Contrast by WCAG 2
 * on the surface: ink 16.3 / 15.3, ink-soft 7.1 / 8.7, edge 4.3 / 5.3, action 7.7 / 10.2; held on the plate 4.9 / 4.7.
 */
export const tokens = css`
  :host {
    --surface: var(--plimsoll-surface, light-dark(#fff, #0f1a20));
    --plate: var(--plimsoll-plate, light-dark(#e9f0f2, #1a2a32));
    --ink: var(--plimsoll-ink, light-dark(#10222c, #e8f0f3));
    --ink-soft: var(--plimsoll-ink-soft, light-dark(#4a5b65, #a9b8c0));
    --rule: var(--plimsoll-rule, light-dark(#d5dee2, #2a3b44));
    --edge: var(--plimsoll-edge, light-dark(#6b7c85, #7c909a));
    --held: var(--plimsoll-held, light-dark(#12708f, #3a9dbd));
    --deep: var(--plimsoll-deep, light-dark(#0c4a61, #2a7a95));
    --charged: var(--plimsoll-charged, light-dark(#1f3540, #c5d3d9));
    --action: var(--plimsoll-action, light-dark(#0e5a75, #7fd0e8));
    --on-action: var(--plimsoll-on-action, light-dark(#fff, #06202b));
    --good: var(--plimsoll-good, light-dark(#1a6a3c, #7bd39b));
    --warn: var(--plimsoll-warn, light-dark(#7a4f00, #f0c15c));
    --bad: var(--plimsoll-bad, light-dark(#a32a1c, #ff9d8d));
    --radius: var(--plimsoll-radius, 14px);
    display: block;
    font-family: var(--plimsoll-font, inherit);
    font-size: max(1em, 14px);
    text-align: start;
  }
  :host([hidden]) {
    display: none;
  }
  .base {
    color: var(--ink);
  }
  .base.light {
    color-scheme: light;
  }
  .base.dark {
    color-scheme: dark;
  }
  *,
  ::before,
  ::after {
    box-sizing: border-box;
  }
  .money {
    font-variant-numeric: tabular-nums;
    white-space: nowrap;
  }
  .icon {
    display: inline-block;
    flex: none;
    inline-size: 1em;
    block-size: 1em;
  }
  svg {
    display: block;
    inline-size: 100%;
    block-size: 100%;
    fill: none;
    stroke: currentColor;
    stroke-width: 1.75;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  .good {
    color: var(--good);
  }
  .warn {
    color: var(--warn);
  }
  .bad {
    color: var(--bad);
  }
  .soft {
    color: var(--ink-soft);
  }
  :focus-visible {
    outline: 2px solid var(--action);
    outline-offset: 2px;
  }
  .away {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  @media (prefers-contrast: more) {
    :host {
      --ink-soft: var(--ink);
      --rule: var(--edge);
    }
  }
`;
