import { nothing } from "lit";
import { directive, Directive, type ElementPart } from "lit/directive.js";

/**
 * Hands numbers and lengths to CSS: `<div ${vars({ "--level": "0.65" })}>`. It calls `setProperty` and never
 * writes a `style` attribute, which a strict `style-src` would block.
 */
export const vars = directive(
  class extends Directive {
    render(_values: Readonly<Record<`--${string}`, string>>): typeof nothing {
      return nothing;
    }

    override update({ element }: ElementPart, [values]: [Readonly<Record<`--${string}`, string>>]): typeof nothing {
      // Part types guarantee an element of HTML or SVG: both have a style.
      if (element instanceof HTMLElement) {
        for (const [name, value] of Object.entries(values)) element.style.setProperty(name, value);
      }
      return nothing;
    }
  },
);
