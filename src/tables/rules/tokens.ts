/** A piece of a rule's text, which it takes up from `from` to `to`. */
export interface Token {
  readonly kind: "number" | "column" | "text" | "word" | "sign" | "end" | "unknown";
  /** A column's name, the text within quotes, a word in small letters, a sign as the grammar has it. */
  readonly text: string;
  readonly from: number;
  readonly to: number;
}

/** Words of the grammar: columns that are called so must be quoted. */
const WORDS = new Set(["and", "or", "not", "is", "missing", "if", "then", "true", "false"]);
/** Other ways to write a sign. */
const SIGNS: Readonly<Record<string, string>> = {
  "==": "=",
  "<>": "!=",
  "≠": "!=",
  "≤": "<=",
  "≥": ">=",
  "−": "-",
  "×": "*",
};

const SPACE = /\s+/y;
const NUMBER = /(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?/iy;
const QUOTED = /"((?:[^"]|"")*)"|'((?:[^']|'')*)'|`((?:[^`]|``)*)`/y;
const WORD = /[\p{L}_][\p{L}\p{N}\p{M}_.]*/uy;
const SIGN = /<=|>=|==|!=|<>|[-+*/()=<>≤≥≠−×]/y;
const WORD_END = /[\p{L}\p{N}\p{M}_]$/u;
const WORD_GOES_ON = /[\p{L}\p{N}\p{M}_]/uy;

/**
 * The pieces of a rule, the last of which is of kind "end".
 *
 * A column's name that begins with a letter may stand as it is, spaces and hyphens included: of the names that fit the longest is meant.
 * Any name may stand in quotes or backticks; other text in quotes is text. A quotation mark within quotes is doubled.
 */
export function tokensOf(text: string, columns: readonly string[]): readonly Token[] {
  const longestFirst = columns.filter(standsUnquoted).sort((a, b) => b.length - a.length);
  const known = new Set(columns);
  const tokens: Token[] = [];
  let at = 0;
  const matched = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    return pattern.exec(text);
  };
  const push = (kind: Token["kind"], length: number, content: string) => {
    tokens.push({ kind, text: content, from: at, to: at + length });
    at += length;
  };
  const namedHere = () =>
    longestFirst.find((name) => {
      if (!text.startsWith(name, at)) return false;
      WORD_GOES_ON.lastIndex = at + name.length;
      return !(WORD_END.test(name) && WORD_GOES_ON.test(text));
    });

  while (at < text.length) {
    const space = matched(SPACE);
    if (space) {
      at += space[0].length;
      continue;
    }
    const name = namedHere();
    const number = matched(NUMBER);
    const quote = matched(QUOTED);
    const word = matched(WORD);
    const sign = matched(SIGN);
    if (name !== undefined) push("column", name.length, name);
    else if (number) push("number", number[0].length, number[0]);
    else if (quote) {
      const mark = quote[0].charAt(0);
      const content = quote[0].slice(1, -1).replaceAll(mark + mark, mark);
      push(known.has(content) || mark === "`" ? "column" : "text", quote[0].length, content);
    } else if (word) {
      const small = word[0].toLowerCase();
      push("word", word[0].length, WORDS.has(small) ? small : word[0]);
    } else if (sign) push("sign", sign[0].length, SIGNS[sign[0]] ?? sign[0]);
    else push("unknown", 1, text.charAt(at));
  }
  push("end", 0, "");
  return tokens;
}

function standsUnquoted(name: string): boolean {
  return /^[\p{L}_]/u.test(name) && !WORDS.has(name.toLowerCase());
}
