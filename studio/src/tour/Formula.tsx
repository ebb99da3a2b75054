import { useEffect, useRef } from "preact/hooks";
import "./formula.css";

export interface FormulaProps {
  readonly tex: string;
  /** The formula in words: what stands there until KaTeX has come, and what a screen reader calls it. */
  readonly label: string;
  /** On a line of its own. Default: false. */
  readonly display?: boolean;
}

/** A formula, set by KaTeX, which the page loads with the first of them and not before. */
export function Formula({ tex, label, display = false }: FormulaProps) {
  const element = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    let left = false;
    const set = async () => {
      const { typeset } = await import("./katex.js");
      if (!left && element.current) typeset(tex, display, element.current);
    };
    // Where KaTeX cannot be had, as from a server that has ended, the words stay.
    set().catch(() => {});
    return () => {
      left = true;
    };
  }, [tex, label, display]);
  // The key gives another formula, or another language's label, an element of its own: Preact must not look for its text in what KaTeX has put there.
  return (
    <span
      key={`${tex} ${label}`}
      ref={element}
      class={display ? "formula formula-display" : "formula"}
      role="math"
      aria-label={label}
    >
      {label}
    </span>
  );
}
