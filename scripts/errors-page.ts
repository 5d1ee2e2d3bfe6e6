import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { codes } from "../packages/shared/src/codes.ts";

/** docs/errors.md, from the closed list itself. */
export const errorsPage = [
  "# Errors",
  "",
  "Every error has one code of this closed list, a sentence for a person and a support reference, in `error.data.plimsoll`.",
  "A refusal changes nothing and uses up no idempotency key. Words: the issuer *declines*, the gateway *rejects*, Plimsoll",
  "*refuses*, the payer *denies*; a decline is no error but a step that ended so. Two codes are no refusals: after",
  "`store_unavailable` and `internal` the step may be there. Ask again with the same key and body.",
  "",
  "```json",
  `{ "code": "above_hold", "message": "${codes.above_hold.sentence}", "reference": "7F3K-22Q9", "detail": { "held": 65000 } }`,
  "```",
  "",
  "| code | HTTP | sentence |",
  "| --- | --- | --- |",
  ...Object.entries(codes).map(
    ([code, { status, sentence }]) => `| <a id="${code}"></a>\`${code}\` | ${status} | ${sentence} |`,
  ),
  "",
].join("\n");

export const errorsFile = join(import.meta.dirname, "../docs/errors.md");

if (import.meta.main) writeFileSync(errorsFile, errorsPage);
