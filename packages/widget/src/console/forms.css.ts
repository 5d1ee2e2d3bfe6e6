import { css } from "lit";

/** The actions and their forms. */
export const forms = css`
  .actions {
    min-inline-size: 0;
    padding: 0 1em;
  }
  .form {
    display: grid;
    gap: 0.75em;
    padding-block: 0.75em 1em;
  }
  .title {
    font-size: 1.125em;
    font-weight: 650;
    line-height: 1.3334;
  }
  .form p,
  .said {
    font-size: 0.9375em;
    line-height: 1.4667;
    overflow-wrap: anywhere;
  }
  .field {
    display: grid;
    gap: 0.25em;
  }
  .name {
    padding: 0;
    color: var(--ink-soft);
    font-size: 0.8125em;
    font-weight: 600;
    line-height: 1.3847;
  }
  fieldset {
    min-inline-size: 0;
    margin: 0;
    padding: 0;
    border: 0;
  }
  .field input,
  .search input {
    inline-size: 100%;
    min-block-size: 2.75em;
    padding: 0.25em 0.75em;
    border: 1px solid var(--edge);
    border-radius: 10px;
    background: var(--surface);
    color: var(--ink);
    font: inherit;
    font-variant-numeric: tabular-nums;
  }
  .figures input {
    font-weight: 600;
    text-align: end;
  }
  input::placeholder {
    color: var(--ink-soft);
    font-weight: 400;
    opacity: 1;
  }
  input:focus-visible {
    outline-offset: 0;
    border-color: var(--action);
  }
  input[aria-invalid="true"] {
    border-color: var(--bad);
    box-shadow: inset 0 0 0 1px var(--bad);
  }
  .choice {
    display: flex;
    gap: 0.625em;
    align-items: center;
    min-block-size: 2.75em;
  }
  .choice + .choice {
    margin-block-start: -0.25em;
  }
  .choice input {
    flex: none;
    inline-size: 1.25em;
    block-size: 1.25em;
    margin: 0;
    accent-color: var(--action);
  }
  .choice input[aria-disabled="true"] {
    accent-color: var(--edge);
  }
  .choice input[aria-disabled="true"] + span {
    color: var(--ink-soft);
  }
  .choice span {
    font-size: 0.9375em;
    line-height: 1.3334;
  }
  .form .why,
  .why {
    color: var(--ink-soft);
    font-size: 0.8125em;
    line-height: 1.3847;
  }
  fieldset .why {
    margin: -0.375em 0 0.375em;
    padding-inline-start: 2.3077em;
  }
  .form .figure {
    font-weight: 600;
    font-variant-numeric: tabular-nums;
  }
  .form .sure {
    font-size: 1.0625em;
    font-weight: 500;
    line-height: 1.4118;
  }
  .merchant:focus,
  p:focus {
    outline: none;
  }
  .problem,
  .said,
  .blank {
    display: flex;
    gap: 0.5em;
  }
  .problem .icon,
  .blank .icon {
    margin-block-start: 0.1875em;
  }
  .said {
    margin-block-start: 0.75em;
  }
  .answers .first {
    background: var(--action);
    color: var(--on-action);
  }
  .answers .first:hover {
    background: color-mix(in srgb, var(--action) 88%, var(--ink));
  }
  .form .answers {
    grid-auto-columns: auto;
    grid-template-columns: auto minmax(0, 1fr);
    margin: 0;
  }
  .idle .answers {
    grid-template-columns: minmax(0, 1fr);
  }
  .base button[aria-disabled="true"] {
    border-color: var(--edge);
    background: var(--surface);
    color: var(--ink-soft);
    cursor: default;
  }
  .answers .first[aria-disabled="true"] {
    border-color: var(--plate);
    background: var(--plate);
  }
  .menu {
    display: none;
    gap: 0.5em;
    padding-block: 0.75em 1em;
  }
  .more .menu {
    display: grid;
  }
  .item .quiet {
    inline-size: 100%;
  }
  .item .why,
  .bar .why {
    padding-block-start: 0.3077em;
  }
  .menu .main,
  .idle,
  .acting .steps,
  .acting .foot {
    display: none;
  }
  .bar {
    position: sticky;
    inset-block-end: 0;
    margin-block-start: auto;
    padding: 0.625em 1em;
    border-block-start: 1px solid var(--rule);
    background: var(--surface);
  }
  .bar .answers {
    margin: 0;
  }
  .hold :is(button, a) {
    scroll-margin-block-end: 6em;
  }
`;
