/**
 * The pages of the reference: each holds the names of one entry point that are written in some files of `src`, given by the beginnings of their
 * paths. The longest beginning counts.
 */
export const TOPICS = [
  { entry: "monge", page: "data", title: "Data", files: ["data/"] },
  { entry: "monge", page: "losses", title: "Losses", files: ["losses/"] },
  { entry: "monge", page: "constraints", title: "Lipschitz constraints", files: ["lipschitz/"] },
  { entry: "monge", page: "networks", title: "Networks", files: ["networks/"] },
  { entry: "monge", page: "optimizers", title: "Optimizers and schedules", files: ["optimizers/"] },
  { entry: "monge", page: "training", title: "Training", files: ["training/"] },
  { entry: "monge", page: "players", title: "Players and samples", files: ["game/"] },
  { entry: "monge", page: "metrics", title: "Metrics", files: ["metrics/"] },
  {
    entry: "monge",
    page: "image-metrics",
    title: "Judging images",
    files: ["metrics/images/", "metrics/mnistClassifier/"],
  },
  {
    entry: "monge",
    page: "tables",
    title: "Tables, and judging them",
    files: ["tables/", "judge/", "report/judge/", "runs/openTables"],
  },
  { entry: "monge", page: "logs", title: "Logs", files: ["logging/"] },
  { entry: "monge", page: "runs", title: "Runs on disk", files: ["runs/", "parallel/", "synthesis/"] },
  {
    entry: "monge",
    page: "comparing",
    title: "Comparing and reports",
    files: ["runs/compare", "runs/results", "runs/pairingRuns", "report/", "figures/"],
  },
  { entry: "monge", page: "protocols", title: "Modes and verify", files: ["protocols/"] },
  {
    entry: "monge",
    page: "common",
    title: "Catalogues, errors, random numbers",
    files: ["catalogue", "settings", "errors", "random"],
  },
  { entry: "monge", page: "browser", title: "In a browser", files: ["engine/runtime/browser"] },
  { entry: "monge/engine", page: "programs", title: "Tensors and programs", files: ["engine/"] },
  { entry: "monge/engine", page: "operations", title: "Operations", files: ["engine/ops/"] },
  { entry: "monge/transport", page: "transport", title: "Optimal transport", files: ["transport/"] },
];

/** The page of a name that is written in `file`, a path in `src`. Throws where no topic takes it. */
export function topicOf(file) {
  const taken = TOPICS.flatMap((topic) =>
    topic.files.filter((start) => file.startsWith(start)).map((start) => ({ topic, start })),
  );
  const [longest] = taken.sort((a, b) => b.start.length - a.start.length);
  if (!longest) throw new Error(`site/topics.mjs has no page for the names of src/${file}`);
  return longest.topic;
}
