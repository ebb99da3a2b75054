import { signal } from "@preact/signals";
import { render } from "preact";
import type { Evaluation } from "../../../src/metrics/metric.js";
import { setLanguage, startLanguage } from "../../../studio/src/language/index.js";
import { createCourse, Explain, LessonPanel, type Seen, type Stage } from "../../../studio/src/lessons/index.js";
import type { SeenSide } from "../../../studio/src/lessons/stage.js";
import { TARGETS } from "../../../studio/src/lessons/targets.js";
import { TINY } from "../tiny.js";
import "./rehearsal.js";

const BCE = { loss: "bce", constraint: "none" } as const;
const none: SeenSide = { frame: null, evaluation: null };
const seen = signal<Seen>({
  iteration: 0,
  criticUpdates: 0,
  settings: { ...TINY, left: BCE, right: BCE },
  sides: { left: none, right: none },
  line: null,
  isStaged: true,
});
const put = (change: Partial<Seen>) => {
  seen.value = { ...seen.value, ...change };
};
const evaluate = (iteration: number, figures: Evaluation["figures"]) => {
  const side: SeenSide = { frame: null, evaluation: { iteration, seconds: 0, figures } };
  put({ iteration, sides: { left: side, right: side } });
};
const nothing = () => {};
const stage: Stage = {
  lesson: signal(null),
  show: nothing,
  begin: (settings) =>
    put({ settings, iteration: 0, criticUpdates: 0, sides: { left: none, right: none }, isStaged: true }),
  setLayers: nothing,
  setLine: nothing,
  play: nothing,
  pause: nothing,
  step: nothing,
  settleNow: nothing,
  setSpeed: nothing,
  remember: () => ({ offer: nothing, bring: nothing }),
  seen: () => seen.value,
};
const course = createCourse(stage);
globalThis.rehearsal = { setLanguage, evaluate, change: () => put({ isStaged: false }) };

startLanguage();
render(
  <>
    <main>
      <h1>Page</h1>
      <button type="button" id="start" onClick={() => course.go(0)}>
        Start
      </button>
      <Explain term="lambda">λ</Explain>
      {TARGETS.map((target) => (
        <div key={target} data-target={target}>
          {target}
        </div>
      ))}
    </main>
    <LessonPanel course={course} />
  </>,
  document.getElementById("page")!,
);
