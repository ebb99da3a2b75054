import { app } from "./en/app.js";
import { catalogues } from "./en/catalogues.js";
import { charts } from "./en/charts.js";
import { controls } from "./en/controls.js";
import { data } from "./en/data.js";
import { diagram } from "./en/diagram.js";
import { download } from "./en/download.js";
import { formulas } from "./en/formulas.js";
import { glossary } from "./en/glossary.js";
import { lessons } from "./en/lessons.js";
import { line } from "./en/line.js";
import { metrics } from "./en/metrics.js";
import { remarks } from "./en/remarks.js";
import { runs } from "./en/runs.js";
import { scene } from "./en/scene.js";
import { table } from "./en/table.js";

/** Every string of the page in English; `zh.ts` has the same keys. One section for each part of the page. */
export const en = {
  page: {
    title: "Monge Studio: generative adversarial networks and the Wasserstein loss",
    language: "Language",
    workerFailed: "The worker that trains could not be loaded.",
    workerEnded: "The worker was ended before it could answer.",
    /** What goes wrong in that worker by the page's own doing. */
    problems: {
      digits: "the digits of MNIST could not be fetched; see whether the page's server still runs.",
      noPoints: "there are no points yet; draw some, or drop a CSV file.",
      notStarted: "nothing has been started.",
    },
  },
  scene,
  line,
  app,
  controls,
  charts,
  data,
  runs,
  table,
  metrics,
  diagram,
  download,
  lessons,
  formulas,
  remarks,
  glossary,
  catalogues,
};

/** What every language has to say. */
export type Dictionary = typeof en;
