/** Words that name the opponent of the generator are written for whatever it is called. */
export type OpponentWords = string | ((opponent: string) => string);

/** Such words for an opponent. */
export function spokenOf(words: OpponentWords, opponent: string): string {
  return typeof words === "function" ? words(opponent) : words;
}
