import { z } from "zod";
import type { Derivation } from "../rules/derivation.js";
import { derivationsOf } from "../rules/derivation.js";
import { clausesOf } from "../rules/rule.js";
import type { ColumnSchema } from "../schema.js";
import { type ComputedStep, computedStep } from "./computed.js";
import { type GapStep, gapStep } from "./gap.js";
import { togetherStep } from "./together.js";

/** How some columns of a table become others that are modelled. */
export const reshapingStep = z.discriminatedUnion("kind", [togetherStep, computedStep, gapStep]);
export type ReshapingStep = z.output<typeof reshapingStep>;

/** The columns of the table that a step makes of others when it is undone. */
export function ownColumns(step: ReshapingStep): readonly string[] {
  return step.kind === "together" ? step.columns : [step.column];
}

/** What the rule of a step says of its column. */
export function derivationOf({ rule, column }: ComputedStep | GapStep, columns: readonly ColumnSchema[]): Derivation {
  const derivations = clausesOf(rule, columns).flatMap(({ condition }) => derivationsOf(condition));
  const found = derivations.find((derivation) => derivation.column === column);
  if (!found) throw new RangeError(`the rule ${rule} says nothing of ${column}`);
  return found;
}
