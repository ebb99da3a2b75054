import { InputError } from "../errors.js";
import { metricsWith } from "../metrics/catalogue.js";
import { mainFigure, shortfall } from "../metrics/mainFigure.js";
import { type Evaluation, isMetric, numberNamed, type OwnMetric, type Shown } from "../metrics/metric.js";
import { closest } from "../nearest.js";

/** Ends a training before its last iteration. It is asked after each evaluation but the one before the first iteration. */
export interface StopRule {
  /** The figure that it goes by. Default: the one that tells most of a generator on such data (`mainFigure`). */
  readonly figure?: string | undefined;
  /**
   * Why training ends now, such as "emd is 0.04, below 0.05"; `undefined` where it goes on.
   * @param history all evaluations so far, oldest first; none before training begins
   * @param figure what the rule goes by
   * @throws InputError where the rule has no use for such a figure
   */
  reason(history: readonly Evaluation[], figure: Shown): string | undefined;
}

/**
 * Ends a training at the first evaluation with a figure below or above a value.
 *
 * ```ts
 * train({ ...options, stopRules: [stopWhen("emd<0.05")] });
 * ```
 * @param condition a figure by its name in `Evaluation.figures`, `<` or `>`, and a number
 * @throws InputError where it is anything else
 */
export function stopWhen(condition: string): StopRule {
  const read = readCondition(condition);
  if (!read) throw new InputError(`stopWhen cannot be "${condition}": ${CONDITION_RULE}.`);
  const { figure, isBelow, limit } = read;
  return {
    figure,
    reason(history, { name, of }) {
      const last = history.at(-1);
      const value = last ? of(last) : null;
      if (typeof value !== "number" || !(isBelow ? value < limit : value > limit)) return undefined;
      return `${name} is ${short(value)}, ${isBelow ? "below" : "above"} ${limit}`;
    },
  };
}

/** What a condition is. */
export const CONDITION_RULE = "it must be a figure, < or >, and a number, in quotation marks, such as 'emd<0.05'";

/** What a condition says; `undefined` where it is none. */
export function readCondition(text: string) {
  const [, figure, sign, value] = /^\s*(\w+)\s*([<>])\s*([-+\d.e]+)\s*$/i.exec(text) ?? [];
  const limit = Number(value);
  return figure === undefined || !Number.isFinite(limit) ? undefined : { figure, isBelow: sign === "<", limit };
}

/**
 * Ends a training when so many evaluations in a row have brought no new best of a figure.
 * @param evaluations how many, from 1
 * @param figure by its name in `Evaluation.figures`. Default: `tableDetection` of tables, `emd` of points, `frechetDistance` of images; where
 * that is not measured, the first of the catalogue that tells how near a generator has come
 */
export function patience(evaluations: number, figure?: string): StopRule {
  return {
    figure,
    reason(history, shown) {
      const { name, better, of } = shown;
      if (better === "none")
        throw new InputError(`${name} has no better and worse, so that nothing is its best: choose another figure.`);
      let best: { readonly value: number; readonly iteration: number } | undefined;
      let since = 0;
      for (const evaluation of history) {
        const value = of(evaluation);
        since++;
        if (typeof value !== "number" || Number.isNaN(value)) continue;
        if (best && shortfall(shown, value) >= shortfall(shown, best.value)) continue;
        best = { value, iteration: evaluation.iteration };
        since = 0;
      }
      if (!best || since < evaluations) return undefined;
      return `${name} has had no new best for ${since} evaluation${since === 1 ? "" : "s"}, since ${short(best.value)} at iteration ${best.iteration}`;
    },
  };
}

/**
 * Checks, before a training begins, that there are the figures that its rules go by.
 * @param own metrics besides those of the catalogue
 * @throws InputError where there is none of that name, or a rule has no use for it
 */
export function checkStopRules(rules: readonly StopRule[], own?: readonly OwnMetric[]): void {
  for (const rule of rules) {
    if (rule.figure === undefined) continue;
    const all = metricsWith(own).filter(isOneNumber);
    const shown = all.find(({ name }) => name === rule.figure);
    if (!shown)
      throw unknownFigure(
        "There is",
        rule.figure,
        all.map(({ name }) => name),
      );
    rule.reason([], shown);
  }
}

/**
 * Checks that evaluations have the figures that rules go by.
 * @param history one evaluation at least
 * @param own metrics besides those of the catalogue
 * @throws InputError where one is not measured in such a run
 */
export function checkMeasured(
  rules: readonly StopRule[],
  history: readonly Evaluation[],
  own?: readonly OwnMetric[],
): void {
  const names = metricsWith(own).flatMap(({ name }) => (isIn(name, history) ? [name] : []));
  for (const rule of rules) {
    if (figureOf(rule, history, own)) continue;
    if (rule.figure !== undefined) throw unknownFigure("The evaluations of this run have", rule.figure, names);
    throw new InputError("Nothing that is measured here tells which generator is best: name the figure to go by.");
  }
}

/**
 * Why the first of the rules that has something to say ends a training after its last evaluation; `undefined` where it goes on.
 * @param own metrics besides those of the catalogue
 */
export function reasonToStop(
  rules: readonly StopRule[],
  history: readonly Evaluation[],
  own?: readonly OwnMetric[],
): string | undefined {
  for (const rule of rules) {
    const figure = figureOf(rule, history, own);
    const reason = figure && rule.reason(history, figure);
    if (reason !== undefined) return reason;
  }
  return undefined;
}

/** What a rule goes by; `undefined` where that was not measured. */
function figureOf({ figure }: StopRule, history: readonly Evaluation[], own?: readonly OwnMetric[]): Shown | undefined {
  if (figure === undefined) return mainFigure(history);
  return isIn(figure, history) ? metricsWith(own).find(({ name }) => name === figure) : undefined;
}

function isIn(figure: string, history: readonly Evaluation[]): boolean {
  return history.some((one) => numberNamed(figure)(one) !== null);
}

function unknownFigure(begin: string, figure: string, names: readonly string[]): InputError {
  return new InputError(
    `${begin} no figure "${figure}" that training could end by. Did you mean ${closest(figure, [...names])}? Known: ${names.join(", ")}.`,
  );
}

/** Whether a figure is measured at an evaluation, and is one number. */
function isOneNumber(shown: Shown): boolean {
  return isMetric(shown) && shown.of({ figures: { [shown.name]: 0 } }) !== null;
}

function short(value: number): string {
  return String(Number(value.toPrecision(4)));
}
