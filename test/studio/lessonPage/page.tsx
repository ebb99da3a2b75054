import { signal } from "@preact/signals";
import { render } from "preact";
import { setLanguage, startLanguage } from "../../../studio/src/language/index.js";
import { createCourse, Explain, LessonPanel, type Seen, type Stage } from "../../../studio/src/lessons/index.js";
import { TARGETS } from "../../../studio/src/lessons/targets.js";
import { TINY } from "../tiny.js";
import "./rehearsal.js";

const side = { loss: "bce", constraint: "none" } as const;
const seen = signal<Seen>({
  iteration: 0,
  criticUpdates: 0,
  layers: [],
  settings: { ...TINY, left: side, right: side },
  latest: { left: null, right: null },
  line: null,
});
const put = (change: Partial<Seen>) => {
  seen.value = { ...seen.value, ...change };
};
const nothing = () => {};
const stage: Stage = {
  show: nothing,
  apply: (patch) => put({ settings: { ...seen.value.settings, ...patch } }),
  restart: () => put({ iteration: 0, criticUpdates: 0 }),
  setLayers: (layers) => put({ layers }),
  play: nothing,
  pause: nothing,
  setSpeed: nothing,
  remember: () => nothing,
  seen: () => seen.value,
};
const course = createCourse(stage);
globalThis.rehearsal = { setLanguage, put };

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
