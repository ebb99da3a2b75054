import { type Theme, theme } from "../scene/index.js";

const KEPT = "monge-theme";

/** To be called once, before the first paint: the theme that was chosen on an earlier visit, or else the system's. */
export function startTheme(): void {
  try {
    const kept = localStorage.getItem(KEPT);
    if (kept === "light" || kept === "dark") put(kept);
  } catch {}
}

/** Changes between light and dark, and remembers it where storage is allowed. */
export function toggleTheme(): void {
  const next = theme() === "dark" ? "light" : "dark";
  put(next);
  try {
    localStorage.setItem(KEPT, next);
  } catch {}
}

function put(theme: Theme): void {
  document.documentElement.dataset.theme = theme;
}
