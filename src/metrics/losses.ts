import { metric } from "./metric.js";

const unshown = { about: "training", places: [] } as const;

/** What the critic minimises. */
export const criticLoss = metric({
  ...unshown,
  name: "criticLoss",
  title: "Critic loss",
  head: "critic loss",
  summary: "What the critic minimises, without a penalty.",
  measure: async ({ onTraining }) => (await onTraining()).criticLoss,
});

/** What the generator minimises. */
export const generatorLoss = metric({
  ...unshown,
  name: "generatorLoss",
  title: "Generator loss",
  summary: "What the generator minimises.",
  measure: async ({ onTraining }) => (await onTraining()).generatorLoss,
});

/** What the two players fight over. */
export const value = metric({
  name: "value",
  title: "Value at the end",
  label: "Value",
  summary:
    "The game's value as the literature states it: mean log d(x) + mean log(1 - d(G(z))) for BCE, mean c(x) - mean c(G(z)) for W.",
  source: "Goodfellow et al. 2014, arXiv:1406.2661; Arjovsky et al. 2017, arXiv:1701.07875",
  about: "training",
  places: ["differences"],
  measure: async ({ onTraining }) => (await onTraining()).value,
});
