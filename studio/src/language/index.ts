import { effect, type ReadonlySignal, signal } from "@preact/signals";
import { chooseLanguage, type Language } from "./choice.js";
import { type Dictionary, en } from "./en.js";
import { zh } from "./zh.js";

export { LANGUAGE_NAMES, LANGUAGES, type Language } from "./choice.js";
export type { Dictionary } from "./en.js";

const DICTIONARIES: Readonly<Record<Language, Dictionary>> = { en, zh };
const KEPT = "monge-language";

const current = signal<Language>("en");

/** The language of the page. A component that reads it is drawn again when it changes. */
export const language: ReadonlySignal<Language> = current;

/** The strings of the page in its language, as in `text().controls.play`; drawn again when the language changes. */
export const text = (): Dictionary => DICTIONARIES[current.value];

/** Puts the page into another language and remembers it; an address that names a language (`?lang=`) then names this one. */
export function setLanguage(chosen: Language): void {
  current.value = chosen;
  keep(chosen);
  const address = new URL(location.href);
  if (!address.searchParams.has("lang")) return;
  address.searchParams.set("lang", chosen);
  history.replaceState(history.state, "", address);
}

/** To be called once, before the first paint: finds the reader's language and keeps `<html lang>` and the title in it. */
export function startLanguage(): void {
  current.value = chooseLanguage({ search: location.search, kept: kept(), browser: navigator.languages });
  effect(() => {
    document.documentElement.lang = current.value === "zh" ? "zh-Hans" : current.value;
    document.title = text().page.title;
  });
}

/** Storage may be refused (a private window, a sandboxed frame); the page then forgets the choice, and nothing else. */
function kept(): string | null {
  try {
    return localStorage.getItem(KEPT);
  } catch {
    return null;
  }
}

function keep(chosen: Language): void {
  try {
    localStorage.setItem(KEPT, chosen);
  } catch {}
}
