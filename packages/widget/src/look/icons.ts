import { html, type TemplateResult } from "lit";

/** Seven icons, 16 × 16, drawn in the colour of their text; the chevron is CSS. Always beside a word, never alone. */
export type Icon = "tick" | "clock" | "question" | "cross" | "back" | "triangle";

const DRAWINGS = {
  tick: html`<svg viewBox="0 0 16 16"><path d="m2.5 8.5 3.6 3.6 7.4-8" /></svg>`,
  clock: html`<svg viewBox="0 0 16 16">
    <circle cx="8" cy="8" r="6.2" />
    <path d="M8 4.6V8l2.3 1.6" />
  </svg>`,
  question: html`<svg viewBox="0 0 16 16">
    <path d="M5.2 5.6a2.8 2.8 0 1 1 4.3 2.4C8.5 8.6 8 9.2 8 10.2M8 13v.1" />
  </svg>`,
  cross: html`<svg viewBox="0 0 16 16"><path d="m3.6 3.6 8.8 8.8m0-8.8-8.8 8.8" /></svg>`,
  back: html`<svg viewBox="0 0 16 16"><path d="M6.4 3 2.6 6.8l3.8 3.8M3 6.8h6.4a3.6 3.6 0 0 1 0 7.2H7" /></svg>`,
  triangle: html`<svg viewBox="0 0 16 16"><path d="M8 2.2 14.6 13.6H1.4ZM8 6.6v3.2M8 11.7v.1" /></svg>`,
} as const satisfies Record<Icon, TemplateResult>;

/** `tone` colours it; the words beside it say the same. */
export function icon(name: Icon, tone: "" | "good" | "warn" | "bad" | "soft" = ""): TemplateResult {
  return html`<span class="icon ${tone}" aria-hidden="true">${DRAWINGS[name]}</span>`;
}
