import { LANGUAGE_NAMES, LANGUAGES, language, setLanguage, text } from "../language/index.js";
import { theme } from "../scene/index.js";
import { VIEWS } from "../settings/url.js";
import { Icon } from "./Icons.js";
import type { Studio } from "./studio.js";
import { toggleTheme } from "./theme.js";

export interface HeaderProps {
  readonly studio: Studio;
  readonly onLessons: () => void;
  readonly onHelp: () => void;
}

/** The head of the page: its name, its views, the lessons, the language, the theme, the help. */
export function Header({ studio, onLessons, onHelp }: HeaderProps) {
  const { app, lessons, page } = text();
  const dark = theme() === "dark";
  const themeName = dark ? app.theme.toLight : app.theme.toDark;
  return (
    <header class="head">
      <h1>
        <svg viewBox="0 0 24 24" width="26" height="26" aria-hidden="true">
          <path class="heap" d="M1 18C5 18 5.500 6 8 6s3 12 7 12" />
          <path class="hole" d="M9 6.500C12 6.500 13.500 18 16 18s4-11.500 7-11.500" />
        </svg>
        Monge <span>Studio</span>
      </h1>
      <nav aria-label={app.views}>
        {VIEWS.map((view) => (
          <button
            key={view}
            type="button"
            aria-current={studio.view.value === view ? "page" : undefined}
            onClick={() => {
              studio.view.value = view;
            }}
          >
            {app[view]}
          </button>
        ))}
      </nav>
      <div class="head-tools">
        <button type="button" class="lesson-start" onClick={onLessons}>
          {lessons.start}
        </button>
        <select
          aria-label={page.language}
          value={language.value}
          onChange={({ currentTarget }) => setLanguage(LANGUAGES.find((one) => one === currentTarget.value)!)}
        >
          {LANGUAGES.map((one) => (
            <option key={one} value={one} lang={one}>
              {LANGUAGE_NAMES[one]}
            </option>
          ))}
        </select>
        <button type="button" class="plain" aria-label={themeName} title={themeName} onClick={toggleTheme}>
          <Icon name={dark ? "sun" : "moon"} />
        </button>
        <button type="button" class="plain" aria-label={app.help} title={app.help} onClick={onHelp}>
          <span aria-hidden="true">?</span>
        </button>
      </div>
    </header>
  );
}
