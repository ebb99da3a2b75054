import { InputError } from "../../errors.js";
import { quoted } from "../../quoting.js";
import { type Token, tokensOf } from "./tokens.js";

/** A rule as it is written, before it is known what its columns hold. It takes up the rule's text from `from` to `to`. */
export type Syntax = Part & { readonly from: number; readonly to: number };

type Part =
  | { readonly kind: "number" | "text" | "column" | "word"; readonly text: string }
  | { readonly kind: "negative" | "not" | "missing"; readonly of: Syntax }
  | { readonly kind: "arithmetic"; readonly operator: Arithmetic; readonly left: Syntax; readonly right: Syntax }
  | { readonly kind: "comparison"; readonly operator: Comparison; readonly left: Syntax; readonly right: Syntax }
  | { readonly kind: "and" | "or"; readonly left: Syntax; readonly right: Syntax };

export type Arithmetic = "+" | "-" | "*" | "/";
export type Comparison = "=" | "!=" | "<" | "<=" | ">" | ">=";

/** Rules nest this deep at most, so that no text exhausts the stack. */
const DEEPEST = 100;

/**
 * Reads a rule by its grammar, in which what stands further down binds more tightly:
 *
 *     if A then B
 *     A or B
 *     A and B
 *     not A
 *     a = b, a != b, a < b, a <= b, a > b, a >= b, also in chains as a <= b <= c; a is missing, a is not missing
 *     a + b, a - b
 *     a * b, a / b
 *     -a
 *     (A), 12.5, "text", column
 *
 * @throws InputError where the text is not of that form: what is expected, and after what
 */
export function syntaxOf(text: string, columns: readonly string[]): Syntax {
  const tokens = tokensOf(text, columns);
  let at = 0;
  let depth = 0;
  const peek = (): Token => tokens[at] ?? { kind: "end", text: "", from: text.length, to: text.length };
  const next = (): Token => {
    const token = peek();
    at++;
    return token;
  };
  const isNext = (kind: Token["kind"], ...texts: readonly string[]) =>
    peek().kind === kind && texts.includes(peek().text);
  const accept = (kind: Token["kind"], content: string): boolean => {
    const found = isNext(kind, content);
    if (found) at++;
    return found;
  };
  const refuse = (expected: string): InputError => {
    const { kind, from, to } = peek();
    const found = kind === "end" ? "it ends" : `${quoted(text.slice(from, to))} stands`;
    const place = at === 0 ? "at its beginning" : `after ${quoted(text.slice(0, from).trim())}`;
    return new InputError(
      `The rule ${quoted(text)} is not understood: ${place} ${found} where ${expected} is expected.`,
    );
  };
  const nested = <T>(read: () => T): T => {
    if (++depth > DEEPEST) throw new InputError(`The rule ${quoted(text)} is nested too deeply: write it as several.`);
    const result = read();
    depth--;
    return result;
  };
  const joined = (part: Part, first: Syntax, last: Syntax): Syntax => ({ ...part, from: first.from, to: last.to });

  const implication = (): Syntax => {
    const { from } = peek();
    if (!accept("word", "if")) return either();
    const condition = either();
    if (!accept("word", "then")) throw refuse('"then"');
    const right = nested(implication);
    const left: Syntax = { kind: "not", of: condition, from: condition.from, to: condition.to };
    return { kind: "or", left, right, from, to: right.to };
  };
  const either = (): Syntax => {
    let left = both();
    while (accept("word", "or")) {
      const right = both();
      left = joined({ kind: "or", left, right }, left, right);
    }
    return left;
  };
  const both = (): Syntax => {
    let left = negation();
    while (accept("word", "and")) {
      const right = negation();
      left = joined({ kind: "and", left, right }, left, right);
    }
    return left;
  };
  const negation = (): Syntax => {
    const { from } = peek();
    if (!accept("word", "not")) return comparison();
    const of = nested(negation);
    return { kind: "not", of, from, to: of.to };
  };
  const comparison = (): Syntax => {
    const first = sum();
    if (accept("word", "is")) return missing(first);
    let whole: Syntax | undefined;
    for (let left = first; ; ) {
      const operator = peek().kind === "sign" ? comparisons.find((sign) => sign === peek().text) : undefined;
      if (!operator) return whole ?? first;
      at++;
      const right = sum();
      const link = joined({ kind: "comparison", operator, left, right }, left, right);
      whole = whole ? joined({ kind: "and", left: whole, right: link }, whole, link) : link;
      left = right;
    }
  };
  const missing = (of: Syntax): Syntax => {
    const isNegated = accept("word", "not");
    const { to } = peek();
    if (!accept("word", "missing")) throw refuse(isNegated ? '"missing"' : '"missing" or "not missing"');
    const is: Syntax = { kind: "missing", of, from: of.from, to };
    return isNegated ? { kind: "not", of: is, from: of.from, to } : is;
  };
  const sum = (): Syntax => {
    let left = product();
    while (isNext("sign", "+", "-")) {
      const operator = next().text === "+" ? "+" : "-";
      const right = product();
      left = joined({ kind: "arithmetic", operator, left, right }, left, right);
    }
    return left;
  };
  const product = (): Syntax => {
    let left = factor();
    while (isNext("sign", "*", "/")) {
      const operator = next().text === "*" ? "*" : "/";
      const right = factor();
      left = joined({ kind: "arithmetic", operator, left, right }, left, right);
    }
    return left;
  };
  const factor = (): Syntax => {
    const { from } = peek();
    if (!accept("sign", "-")) return primary();
    const of = nested(factor);
    if (of.kind === "number") return { ...of, text: of.text.startsWith("-") ? of.text.slice(1) : `-${of.text}`, from };
    return { kind: "negative", of, from, to: of.to };
  };
  const primary = (): Syntax => {
    const { kind, text: content, from, to } = peek();
    if (accept("sign", "(")) {
      const inner = nested(implication);
      const closing = peek();
      if (!accept("sign", ")")) throw refuse('")"');
      return { ...inner, from, to: closing.to };
    }
    const isName = kind === "word" && !connectives.includes(content);
    if (kind !== "number" && kind !== "text" && kind !== "column" && !isName)
      throw refuse('a column, a number, text in quotes or "("');
    at++;
    return { kind, text: content, from, to };
  };

  const whole = implication();
  if (peek().kind !== "end") throw refuse("its end");
  return whole;
}

const connectives: readonly string[] = ["if", "then", "and", "or", "not", "is", "missing"];
const comparisons: readonly Comparison[] = ["=", "!=", "<", "<=", ">", ">="];
