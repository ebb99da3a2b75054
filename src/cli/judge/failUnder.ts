import { InvalidArgumentError } from "commander";
import { type JudgeResults, type Question, questions } from "../../judge/results.js";
import { closest } from "../../nearest.js";
import { quoted } from "../../quoting.js";
import { scoresOf, sentenceOf } from "../../report/judge/sentences.js";
import { list, number } from "../options.js";

/** The least score that each of some questions must have. */
export type Bars = ReadonlyMap<Question, number>;

/** Reads bars such as "shape=0.9,detection=0.5". */
export function barList(text: string): Bars {
  return new Map(list(text).map(bar));
}

function bar(text: string): [Question, number] {
  const [name = "", value, ...rest] = text.split("=").map((part) => part.trim());
  if (value === undefined || rest.length > 0)
    throw new InvalidArgumentError("It must be a list such as shape=0.9,detection=0.5.");
  const question = questions.find((one) => one === name.toLowerCase());
  if (question === undefined)
    throw new InvalidArgumentError(
      `There is no question ${quoted(name)}; did you mean ${closest(name, [...questions])}? The questions are ${questions.join(", ")}.`,
    );
  const least = number(value);
  if (least < 0 || least > 1) throw new InvalidArgumentError(`Scores run from 0 to 1, and ${name} cannot be ${least}.`);
  return [question, least];
}

/** A sentence for each bar that the results do not reach; a question without an answer reaches none. */
export function shortfalls(results: JudgeResults, bars: Bars): string[] {
  return [...bars].flatMap(([question, least]) => {
    const value = scoresOf(results, question)?.synthetic.value;
    if (value === undefined)
      return [`${question} has no score, and ${least} was required: ${sentenceOf(results, question)}`];
    return value < least ? [`${question} is ${value.toFixed(3)}, below the required ${least}.`] : [];
  });
}
