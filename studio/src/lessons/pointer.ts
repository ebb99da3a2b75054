import type { Target } from "./targets.js";

/** How long a part of the page may take to appear: one that is loaded when it is first shown does not stand there at once. */
const PATIENCE = 4000;

/**
 * Outlines the element of a target and brings it into sight, with the figures that the page marks as its `data-evidence`, as soon as it is
 * there. Returns what takes the outline away.
 */
export function pointAt(target: Target): () => void {
  const selector = `[data-target="${target}"]`;
  // A rule and not an attribute, so that it holds for whatever the page draws there later.
  const outline = new CSSStyleSheet();
  outline.replaceSync(
    `${selector} { outline: 3px solid var(--lesson-outline); outline-offset: 3px; border-radius: 6px; }`,
  );
  document.adoptedStyleSheets.push(outline);

  const begun = performance.now();
  let next = requestAnimationFrame(function look() {
    const element = document.querySelector(selector);
    if (element) bringIntoSight(element.closest("[data-evidence]") ?? element);
    else if (performance.now() - begun < PATIENCE) next = requestAnimationFrame(look);
  });
  return () => {
    cancelAnimationFrame(next);
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((sheet) => sheet !== outline);
  };
}

function bringIntoSight(element: Element): void {
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  // From its beginning: what it holds may still grow.
  element.scrollIntoView({ block: "start", inline: "nearest", behavior: calm ? "auto" : "smooth" });
}
