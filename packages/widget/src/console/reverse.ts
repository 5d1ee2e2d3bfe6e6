import { nothing, type TemplateResult } from "lit";
import { nameOf } from "../hold/ledger.ts";
import type { StaffHoldStep } from "../live/staff.ts";
import type { Bench } from "./bench.ts";
import { planned } from "./draft.ts";
import { frame, sure } from "./fields.ts";
import type { Form } from "./form.ts";

/** The actions with nothing to type: one sentence of what will happen, and a button that says it again. */
export function plainForm(bench: Bench, form: Form): TemplateResult {
  const { hold, tell, money, separators } = bench;
  const { draft } = form;
  const plan = planned(draft, hold, separators);
  const held = money.plain(hold.amounts.held);
  const step = hold.steps.find(({ id }) => id === draft.step);
  const [words, button] = texts();
  return frame(bench, form, words ? sure(words) : nothing, plan, button);

  function texts(): readonly [sentence: string, button: string] {
    switch (draft.action) {
      case "reverse":
        return [tell("releaseSure", { amount: held }), tell("releaseNow", { amount: held })];
      case "extend":
        return [tell("extendSure", { held }), tell("extendNow")];
      case "withdraw": {
        const amount = money.plain(step?.asked ?? 0);
        return [tell("withdrawSure", { name: nameOfStep(step), amount }), tell("withdrawNow", { amount })];
      }
      case "takeBack": {
        const minor = step?.applied ?? 0;
        const amount = money.plain(minor);
        const total = money.plain(Math.max(0, hold.amounts.held - minor));
        return [tell("takeBackSure", { name: nameOfStep(step), amount, total }), tell("takeBackNow", { amount })];
      }
      case "raise":
      case "capture":
      case "resolve":
        return ["", ""];
    }
  }

  function nameOfStep(one: StaffHoldStep | undefined): string {
    return one ? (one.reason ?? bench.say(nameOf(one, false))) : "";
  }
}
