import katex from "katex";
import "katex/dist/katex.min.css";

/** TeX as HTML for the eye, with MathML beside it for screen readers. A formula that cannot be set is an error of ours and throws. */
export function typeset(tex: string, display: boolean, into: HTMLElement): void {
  katex.render(tex, into, { displayMode: display, output: "htmlAndMathml", throwOnError: true, strict: "error" });
}
