import { useMemo, useState } from "preact/hooks";
import { type ChartedRun, EvaluationCharts, readAt, type SharedTime, TimeControls } from "../charts/index.js";
import { whole } from "../language/format.js";
import { language, text } from "../language/index.js";
import { sideLooks } from "../settings/looks.js";
import { opponentOf } from "../settings/opponent.js";
import { SIDES } from "../settings/settings.js";
import { Scrubber } from "../time/Scrubber.js";
import type { Studio } from "./studio.js";

/** So many charts are always seen: the distance, and the fakes without feedback. */
const FIRST = 2;

/** The charts of both sides over each other, and when they were measured; those that tell less are one press away. */
export function Evidence({ studio }: { readonly studio: Studio }) {
  const { app, charts } = text();
  const { session, settings, time } = studio;
  const [open, setOpen] = useState(false);
  const [left, right] = SIDES.map((side) => session.sides[side].evaluations.value);
  const runs = useMemo((): readonly ChartedRun[] => {
    const looks = sideLooks(settings.value);
    return SIDES.map((side) => ({
      ...looks[side],
      opponent: app.opponents[opponentOf(settings.value[side])],
      evaluations: session.sides[side].evaluations.value,
    }));
  }, [left, right, settings.value, language.value]);
  return (
    <section class={open ? "evidence all" : "evidence"}>
      <Measured runs={runs} time={time} />
      <EvaluationCharts
        label={runs.map(({ label }) => label).join(", ")}
        runs={runs}
        modesTotal={studio.scene.value?.modes?.length ?? null}
        time={time}
        {...(!open && { most: FIRST })}
      />
      <div class="evidence-foot">
        <Scrubber studio={studio} />
        <button type="button" aria-expanded={open} onClick={() => setOpen(!open)}>
          {open ? charts.fewer : charts.further}
        </button>
        <TimeControls time={time} whole={studio.span.value} />
        {open && <p class="note">{charts.hint}</p>}
      </div>
    </section>
  );
}

/** Of which iteration the figures are: those of the picture are newer. */
function Measured({ runs, time }: { readonly runs: readonly ChartedRun[]; readonly time: SharedTime }) {
  const at = readAt(time) ?? Infinity;
  const last = runs.flatMap(({ evaluations }) => evaluations.findLast(({ iteration }) => iteration <= at) ?? []);
  const iteration = Math.max(...last.map((one) => one.iteration));
  return <p class="measured">{last.length > 0 && text().charts.measured(whole(iteration))}</p>;
}
