import katex from "katex";
import "katex/dist/katex.min.css";
import { useMemo } from "preact/hooks";
import "./formula.css";

export interface FormulaProps {
  readonly tex: string;
  /** The formula in words: what a screen reader calls it. */
  readonly label: string;
  /** On a line of its own. Default: false. */
  readonly display?: boolean;
}

/** A formula. KaTeX, which escapes what it is given, is part of the page: a formula is set also where the server has ended. */
export function Formula({ tex, label, display = false }: FormulaProps) {
  // TeX as HTML for the eye, with MathML beside it. A formula that cannot be set is an error of ours and throws.
  const html = useMemo(
    () =>
      katex.renderToString(tex, { displayMode: display, output: "htmlAndMathml", throwOnError: true, strict: "error" }),
    [tex, display],
  );
  return (
    <span
      class={display ? "formula formula-display" : "formula"}
      role="math"
      aria-label={label}
      dangerouslySetInnerHTML={{ __html: html }}
    />
  );
}
