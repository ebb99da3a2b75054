/** A cell, a name or a header is told apart by this much of it, and three such quotes fit into a message. */
const QUOTED = 60;
const LISTED = 180;
/** Control and formatting characters, halves of surrogate pairs, and the separators of lines and paragraphs. */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/** Text that a terminal can show: characters that steer it or cannot be seen become `\u{1b}` and the like. */
export function printable(text: string): string {
  return text.replace(UNPRINTABLE, (character) => `\\u{${character.codePointAt(0)!.toString(16)}}`);
}

/** JSON text that a terminal can show: the same characters within its strings become escapes of JSON. */
export function printableJson(json: string): string {
  // Between its strings JSON has line ends, and no other of these characters.
  return json.replace(UNPRINTABLE, (character) => {
    const units = character.split("").map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
    return character === "\n" ? character : units.join("");
  });
}

/** A sentence or title as it goes on within another: its first letter small, unless it begins with an abbreviation. */
export function uncapitalised(text: string): string {
  return text.replace(/^[A-Z](?![A-Z])/, (letter) => letter.toLowerCase());
}

/** A title as a sentence begins with it. */
export function capitalised(text: string): string {
  return text.replace(/^./, (letter) => letter.toUpperCase());
}

/** What a message quotes of a file, in quotation marks: printable, and cut off with an ellipsis after 60 characters. */
export function quoted(text: string): string {
  return `"${cut(text, QUOTED)}"`;
}

/** Names from a file with commas between, as a message lists them: printable, and cut off with an ellipsis after 180 characters. */
export function listed(names: readonly string[]): string {
  let text = "";
  for (const name of names) {
    text += text === "" ? name : `, ${name}`;
    if (text.length > LISTED) break;
  }
  return cut(text, LISTED);
}

/** A message of another program: printable, and cut off with an ellipsis after 180 characters. */
export function shortened(message: string): string {
  return cut(message, LISTED);
}

/** A word that a shell takes as it is. */
export function inShell(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

function cut(text: string, most: number): string {
  const shown = printable(text.slice(0, most + 1));
  return text.length <= most && shown.length <= most ? shown : `${shown.slice(0, most)}…`;
}
