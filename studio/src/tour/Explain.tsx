import { useSignal } from "@preact/signals";
import { useId, useLayoutEffect, useRef } from "preact/hooks";
import { text } from "../language/index.js";
import { Formula } from "./Formula.js";
import { FORMULAS, type FormulaName } from "./formulas.js";
import { Prose } from "./Prose.js";
import { beside } from "./place.js";
import type { Term } from "./term.js";
import "./explain.css";

/** The terms that a formula says more about. */
const FORMULA_OF: Readonly<Partial<Record<Term, FormulaName>>> = {
  bce: "game",
  nonSaturating: "nonSaturating",
  hinge: "hinge",
  leastSquares: "leastSquares",
  wasserstein: "dual",
  constraint: "condition",
  clip: "clipping",
  penalty: "penalty",
  oneSided: "oneSided",
  spectral: "spectral",
  lambda: "penalty",
  slope: "slope",
  estimate: "estimate",
  distance: "distance",
  debiased: "debiased",
  settled: "settled",
  feedback: "feedback",
};

/** A button with a question mark that says what a term means; Escape or a click elsewhere closes it. */
export function Explain({ term }: { readonly term: Term }) {
  const id = useId();
  const open = useSignal(false);
  const button = useRef<HTMLButtonElement>(null);
  const popover = useRef<HTMLDivElement>(null);
  const { glossary, formulas } = text();
  const { what, text: explanation } = glossary.terms[term];
  const formula = FORMULA_OF[term];

  // Its size is known only once its text is drawn, and changes once its formula is.
  useLayoutEffect(() => {
    if (!open.value) return;
    const place = new ResizeObserver(() => beside(button.current!, popover.current!));
    place.observe(popover.current!);
    return () => place.disconnect();
  }, [open.value]);
  return (
    <>
      <button ref={button} type="button" class="explain" popovertarget={id} aria-label={glossary.question(what)}>
        <span aria-hidden="true">?</span>
      </button>
      <div
        ref={popover}
        id={id}
        class="explanation"
        popover="auto"
        role="dialog"
        aria-labelledby={`${id}-title`}
        onToggle={({ newState }: ToggleEvent) => {
          open.value = newState === "open";
        }}
      >
        {open.value && (
          <>
            <h3 id={`${id}-title`}>{what}</h3>
            {formula && <Formula tex={FORMULAS[formula]} label={formulas[formula]} display />}
            <Prose>{explanation}</Prose>
          </>
        )}
      </div>
    </>
  );
}
