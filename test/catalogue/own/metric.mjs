import { metric, metrics } from "monge";

metrics.add(
  metric({
    name: "ownSpread",
    title: "Spread of the samples",
    summary: "The mean distance of a coordinate of a generated sample from 0.",
    measure: ({ samples }) => samples.reduce((sum, x) => sum + Math.abs(x), 0) / samples.length,
  }),
);
