/** The languages of the page, by their BCP 47 tags. */
export const LANGUAGES = ["en", "zh"] as const;
export type Language = (typeof LANGUAGES)[number];

/** Each language by its own name, as a reader looks for it. */
export const LANGUAGE_NAMES: Readonly<Record<Language, string>> = { en: "English", zh: "中文" };

/** Where a reader may have said which language they read. */
export interface Wishes {
  /** The query of the page's address: "?lang=zh". */
  readonly search: string;
  /** What was chosen on an earlier visit. */
  readonly kept: string | null;
  /** The browser's languages, the preferred one first: ["zh-CN", "en"]. */
  readonly browser: readonly string[];
}

/** The address decides, then the earlier choice, then the browser; English where none of them names a language of ours. */
export function chooseLanguage({ search, kept, browser }: Wishes): Language {
  for (const tag of [new URLSearchParams(search).get("lang"), kept, ...browser]) {
    const found = LANGUAGES.find((language) => tag?.toLowerCase().split(/[-_]/)[0] === language);
    if (found) return found;
  }
  return "en";
}
