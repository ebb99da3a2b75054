import { useSignal } from "@preact/signals";
import { useId, useLayoutEffect, useRef } from "preact/hooks";
import type { Described } from "../../../src/catalogue.js";
import { type CatalogueName, wordsOf } from "../language/catalogues.js";
import { text } from "../language/index.js";
import { Formula } from "./Formula.js";
import { FORMULAS, type FormulaName } from "./formulas.js";
import { Prose } from "./Prose.js";
import { beside } from "./place.js";
import type { Term } from "./term.js";
import "./explain.css";

/** The terms that a formula says more about. */
const FORMULA_OF: Readonly<Partial<Record<Term, FormulaName>>> = {
  constraint: "condition",
  lambda: "penalty",
  slope: "slope",
  estimate: "estimate",
  distance: "distance",
  debiased: "debiased",
  settled: "settled",
  feedback: "feedback",
};

/** What a question mark opens. */
interface Explanation {
  /** The name of the thing. */
  readonly what: string;
  readonly text: string;
  readonly tex?: string | undefined;
  /** The formula in words. */
  readonly label?: string | undefined;
}

/** A term, explained. */
export function Explain({ term }: { readonly term: Term }) {
  const { glossary, formulas } = text();
  const formula = FORMULA_OF[term];
  return <Question {...glossary.terms[term]} tex={formula && FORMULAS[formula]} label={formula && formulas[formula]} />;
}

/** An entry of a catalogue, explained. */
export function ExplainEntry({ kind, entry }: { readonly kind: CatalogueName; readonly entry: Described }) {
  const { formula: label, ...words } = wordsOf(kind, entry);
  return <Question {...words} tex={texOf(entry)} label={label} />;
}

/** The formula of an entry; of a loss, what both players pull at. */
function texOf(entry: Described & { readonly generatorFormula?: string | undefined }): string | undefined {
  const { formula, generatorFormula } = entry;
  if (generatorFormula === undefined) return formula;
  return String.raw`\begin{gathered} V = ${formula} \\ L_G = ${generatorFormula} \end{gathered}`;
}

/** A button with a question mark that says what a term means; Escape or a click elsewhere closes it. */
function Question({ what, text: explanation, tex, label = what }: Explanation) {
  const id = useId();
  const open = useSignal(false);
  const button = useRef<HTMLButtonElement>(null);
  const popover = useRef<HTMLDivElement>(null);
  const { glossary } = text();

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
            {tex && <Formula tex={tex} label={label} display />}
            <Prose>{explanation}</Prose>
          </>
        )}
      </div>
    </>
  );
}
