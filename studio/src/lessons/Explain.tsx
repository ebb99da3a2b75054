import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
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

/** What is said of a thing. */
interface Explanation {
  /** The name of the thing. */
  readonly what: string;
  readonly text: string;
  readonly tex?: string | undefined;
  /** The formula in words. */
  readonly label?: string | undefined;
}

export interface ExplainProps {
  readonly term: Term;
  /** The label that is pressed for it. */
  readonly children: ComponentChildren;
}

/** A label that explains its term. */
export function Explain({ term, children }: ExplainProps) {
  return (
    <Question what={text().glossary.terms[term].what} of={[explained(term)]}>
      {children}
    </Question>
  );
}

/** A label that explains several terms, one after the other. */
export function ExplainAll({
  terms,
  children,
}: {
  readonly terms: readonly Term[];
  readonly children: ComponentChildren;
}) {
  return <Question of={terms.map(explained)}>{children}</Question>;
}

/** A label that explains an entry of a catalogue. */
export function ExplainEntry({
  kind,
  entry,
  children,
}: {
  readonly kind: CatalogueName;
  readonly entry: Described;
  readonly children: ComponentChildren;
}) {
  const { formula: label, ...words } = wordsOf(kind, entry);
  return (
    <Question what={words.what} of={[{ ...words, tex: texOf(entry), label }]}>
      {children}
    </Question>
  );
}

function explained(term: Term): Explanation {
  const { glossary, formulas } = text();
  const formula = FORMULA_OF[term];
  return { ...glossary.terms[term], tex: formula && FORMULAS[formula], label: formula && formulas[formula] };
}

/** The formula of an entry; of a loss, what both players pull at. */
function texOf(entry: Described & { readonly generatorFormula?: string | undefined }): string | undefined {
  const { formula, generatorFormula } = entry;
  if (generatorFormula === undefined) return formula;
  return String.raw`\begin{gathered} V = ${formula} \\ L_G = ${generatorFormula} \end{gathered}`;
}

interface QuestionProps {
  /** What is asked for, where the label says it in other words. */
  readonly what?: string;
  readonly of: readonly Explanation[];
  readonly children: ComponentChildren;
}

/** A label that opens what it means; Escape or a click elsewhere closes it. */
function Question({ what, of, children }: QuestionProps) {
  const id = useId();
  const open = useSignal(false);
  const button = useRef<HTMLButtonElement>(null);
  const popover = useRef<HTMLDivElement>(null);
  const { glossary } = text();

  // Its size is known only once its text is drawn.
  useLayoutEffect(() => {
    if (!open.value) return;
    const place = new ResizeObserver(() => beside(button.current!, popover.current!));
    place.observe(popover.current!);
    return () => place.disconnect();
  }, [open.value]);
  return (
    <>
      <button
        ref={button}
        type="button"
        class="explain"
        popovertarget={id}
        aria-haspopup="dialog"
        title={what && glossary.question(what)}
      >
        {children}
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
        {open.value &&
          of.map(({ what, text, tex, label = what }, i) => (
            <section key={what}>
              <h3 id={i === 0 ? `${id}-title` : undefined}>{what}</h3>
              {tex && <Formula tex={tex} label={label} display />}
              <Prose>{text}</Prose>
            </section>
          ))}
      </div>
    </>
  );
}
