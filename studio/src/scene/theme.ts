import { type ReadonlySignal, signal } from "@preact/signals";
import type { Theme } from "./colors.js";

let kept: ReadonlySignal<Theme> | undefined;

/** The page's theme: the `data-theme` of `<html>`, or where there is none what the reader's system prefers. */
export function theme(): Theme {
  kept ??= watch();
  return kept.value;
}

function watch(): ReadonlySignal<Theme> {
  const root = document.documentElement;
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const read = (): Theme => {
    const { theme } = root.dataset;
    return theme === "light" || theme === "dark" ? theme : dark.matches ? "dark" : "light";
  };
  const current = signal(read());
  const update = () => {
    current.value = read();
  };
  dark.addEventListener("change", update);
  new MutationObserver(update).observe(root, { attributeFilter: ["data-theme"] });
  return current;
}
