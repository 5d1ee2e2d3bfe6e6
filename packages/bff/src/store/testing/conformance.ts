import { describe } from "vitest";
import { commitConformance } from "./commit-conformance.ts";
import { dueConformance } from "./due-conformance.ts";
import { operationConformance } from "./operation-conformance.ts";
import { outsideConformance } from "./outside-conformance.ts";
import type { Place } from "./place.ts";
import { readingConformance } from "./reading-conformance.ts";

/** What every engine must do alike: run over each of them. */
export function conformance(newPlace: () => Promise<Place>): void {
  describe("writing", () => {
    commitConformance(newPlace);
  });
  describe("operating", () => {
    operationConformance(newPlace);
  });
  describe("reading", () => {
    readingConformance(newPlace);
  });
  describe("waking", () => {
    dueConformance(newPlace);
  });
  describe("beside the holds", () => {
    outsideConformance(newPlace);
  });
}
