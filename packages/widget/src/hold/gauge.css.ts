import { css } from "lit";

/** The ship's side. Heights come as parts of the scale in `--at` and `--tall`. */
export const gauge = css`
  .gauge {
    position: relative;
    block-size: 8em;
    flex: none;
    overflow: clip;
    background: var(--plate);
    transition: filter 160ms;
  }
  .stale .gauge {
    filter: saturate(0.3);
  }
  .ticks {
    position: absolute;
    inset: 1.75em auto 0 0;
    inset-inline: 0 auto;
    inline-size: 8px;
    background: repeating-linear-gradient(var(--edge) 0 1.5px, #0000 1.5px 0.625em);
  }
  .sea,
  .sea > * {
    position: absolute;
    inset-inline: 0;
  }
  .sea {
    inset-block-end: 0;
    block-size: 6.25em;
  }
  .water {
    inset-block: 0;
    background: linear-gradient(var(--held), var(--deep));
    translate: 0 calc(min(1 - var(--at), 1 - 0.04) * 100%);
    transition: translate 700ms cubic-bezier(0.2, 0.7, 0.2, 1);
  }
  .water::before {
    content: "";
    position: absolute;
    inset: -3.5px 0 auto;
    block-size: 4px;
    background: radial-gradient(circle 20px at 50% -16px, #0000 19.5px, var(--held) 20px) 0 0 / 24px 4px;
  }
  .charged .water {
    background: var(--charged);
  }
  .still .water::before {
    display: none;
  }
  .dry {
    border-block-end: 2px solid var(--charged);
  }
  .layer {
    inset-block-end: calc(var(--at) * 100%);
    block-size: 1.5px;
    background: color-mix(in srgb, var(--plate) 62%, #0000);
    animation: swap 240ms;
  }
  .pending {
    inset-block-end: calc(var(--at) * 100%);
    block-size: max(var(--tall) * 100%, 10px);
    background: repeating-linear-gradient(135deg, var(--held) 0 2.5px, #0000 2.5px 8px);
    animation: swap 240ms;
  }
  .waterline {
    inset-block-end: calc(var(--at) * 100%);
    border-block-start: 2px dashed var(--ink);
  }
  .doubt .water::before {
    display: none;
  }
  .asked {
    inset-block-end: calc(var(--at) * 100%);
    border-block-start: 2px dashed var(--held);
    animation: swap 240ms;
  }
  .ceiling {
    inset-block-end: calc(var(--at) * 100% - 0.75px);
    block-size: 1.5px;
    background: var(--ink);
    box-shadow: 0 0 0 1.5px var(--plate);
  }
  .tide {
    inset-block-end: calc(var(--at) * 100% - 1px);
    border-block-start: 2px dotted var(--edge);
  }
  .level {
    position: absolute;
    inset-inline-start: 0.75em;
    inset-block-end: 3px;
    padding: 1px 0.5em;
    border-radius: 4px;
    background: var(--plate);
    font-size: 0.8125em;
    font-weight: 600;
    font-variant-numeric: tabular-nums;
    line-height: 1.3;
    white-space: nowrap;
  }
  .mark {
    position: absolute;
    inset-block-end: calc(0.75px - 1.25em);
    inset-inline-end: 1.5em;
    inline-size: 4em;
    block-size: 2.5em;
    overflow: visible;
    stroke: var(--ink);
    stroke-linecap: butt;
    stroke-width: 3;
  }
  .halo {
    stroke: var(--plate);
    stroke-width: 6;
  }
  @keyframes swap {
    from {
      opacity: 0;
    }
  }
`;
