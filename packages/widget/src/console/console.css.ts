import { css } from "lit";
import { styles as hold } from "../hold/hold.css.ts";

/** On top of the hold's own look: the list, the panes, the forms. Below 40em one column, from 60em list, hold and actions side by side. */
const panes = css`
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
  .merchant:focus {
    outline: none;
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
    display: flex;
    gap: 0.5em;
    color: var(--ink-soft);
  }
  .blank .icon {
    margin-block-start: 0.1875em;
  }
`;

const list = css`
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

const forms = css`
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
  .sure:focus,
  .said:focus,
  .problem:focus {
    outline: none;
  }
  .problem {
    display: flex;
    gap: 0.5em;
  }
  .problem .icon {
    margin-block-start: 0.2em;
  }
  .said {
    display: flex;
    gap: 0.5em;
    margin-block-start: 0.75em;
  }
  .answers .first,
  .answers .second,
  .item .second {
    min-block-size: 2.9334em;
    padding: 0.25em 0.75em;
    border: 1px solid var(--action);
    border-radius: 10px;
    font: inherit;
    font-size: 0.9375em;
    font-weight: 650;
    line-height: 1.2;
  }
  .second,
  .item .second {
    background: var(--surface);
    color: var(--action);
  }
  .answers .first {
    background: var(--action);
    color: var(--on-action);
  }
  .answers .first:hover {
    background: color-mix(in srgb, var(--action) 88%, var(--ink));
  }
  .item .second:hover {
    background: var(--plate);
  }
  .form .answers {
    grid-auto-columns: auto;
    grid-template-columns: auto minmax(0, 1fr);
    margin: 0;
  }
  .idle .answers {
    grid-template-columns: minmax(0, 1fr);
  }
  .answers button[aria-disabled="true"],
  .item button[aria-disabled="true"],
  .tool button[aria-disabled="true"] {
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
  .menu .main {
    display: none;
  }
  .item .second {
    inline-size: 100%;
  }
  .item .why {
    padding-block-start: 0.3077em;
  }
  .idle {
    display: none;
  }
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
  .bar .why {
    padding-block-start: 0.3077em;
  }
  .hold :is(button, a) {
    scroll-margin-block-end: 6em;
  }
`;

const widths = css`
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
    .idle,
    .menu,
    .menu .main {
      display: grid;
    }
    .idle {
      display: block;
    }
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
    .answers button,
    .item .second {
      border-color: ButtonBorder;
    }
    .base button[aria-disabled="true"] {
      border-color: GrayText;
      color: GrayText;
    }
    .bar,
    .actions,
    .form,
    .view,
    li + li > .pick::before {
      border-color: CanvasText;
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

export const styles = [...hold, panes, list, forms, widths];
