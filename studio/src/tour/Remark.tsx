import { useMemo } from "preact/hooks";
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

/** One short sentence on what is happening in a run, or an empty line that keeps its place. */
export function Remark({ run }: { readonly run: RunSoFar }) {
  const remark = remarkOn(run);
  const sentence = remark && sentenceOf(remark);
  // The figures change with every evaluation; what is spoken changes only with what is remarked.
  const spoken = useMemo(() => sentence, [remark?.kind, language.value]);
  const tone = remark && (TONES[remark.kind] ?? "warning");
  return (
    <section class="remark" data-kind={remark?.kind} data-tone={tone} aria-label={text().remarks.name}>
      <p aria-hidden="true">{sentence}</p>
      <p class="remark-spoken" role="status">
        {spoken}
      </p>
    </section>
  );
}
