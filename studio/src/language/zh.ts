import type { Dictionary } from "./en.js";
import { app } from "./zh/app.js";
import { catalogues } from "./zh/catalogues.js";
import { charts } from "./zh/charts.js";
import { controls } from "./zh/controls.js";
import { data } from "./zh/data.js";
import { diagram } from "./zh/diagram.js";
import { download } from "./zh/download.js";
import { formulas } from "./zh/formulas.js";
import { glossary } from "./zh/glossary.js";
import { lessons } from "./zh/lessons.js";
import { line } from "./zh/line.js";
import { metrics } from "./zh/metrics.js";
import { remarks } from "./zh/remarks.js";
import { runs } from "./zh/runs.js";
import { scene } from "./zh/scene.js";
import { table } from "./zh/table.js";

/** Every string of the page in simplified Chinese. */
export const zh: Dictionary = {
  page: {
    title: "Monge Studio：生成对抗网络与 Wasserstein 损失",
    language: "语言",
    workerFailed: "无法加载负责训练的后台线程。",
    workerEnded: "后台线程在回答之前已经结束。",
    problems: {
      digits: "无法获取 MNIST 手写数字；请检查本页的服务器是否仍在运行。",
      noPoints: "还没有点；请先画一些，或拖入 CSV 文件。",
      notStarted: "还没有开始。",
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
