import { useEffect, useState } from "preact/hooks";
import { language, text } from "../language/index.js";
import { type Remark as Remarked, type RunSoFar, remarkOn } from "./remarks.js";
import { sentenceOf } from "./sentence.js";
import "./remark.css";

/** How each is marked; a remark that is none of these warns. */
const TONES: Readonly<Partial<Record<Remarked["kind"], "good" | "note">>> = {
  follows: "good",
  complete: "good",
  exceeds: "note",
  lags: "note",
  settled: "note",
};

/** How long a screen reader has to take up what is to be spoken, in milliseconds. */
const SPOKEN_FOR = 3000;

/** One short sentence on what is happening in a run, or an empty line that keeps its place. */
export function Remark({ run }: { readonly run: RunSoFar }) {
  const remark = remarkOn(run);
  const sentence = remark && sentenceOf(remark);
  const tone = remark && (TONES[remark.kind] ?? "warning");
  const [spoken, setSpoken] = useState<string | null>(null);
  // The figures change with every evaluation; it is spoken once, with those of that moment, when something else is remarked.
  useEffect(() => {
    setSpoken(sentence);
    const timer = setTimeout(() => setSpoken(null), SPOKEN_FOR);
    return () => clearTimeout(timer);
  }, [remark?.kind, language.value]);
  return (
    <section class="remark" data-kind={remark?.kind} data-tone={tone} aria-label={text().remarks.name}>
      <p>{sentence}</p>
      <p class="spoken" role="status">
        {spoken}
      </p>
    </section>
  );
}
