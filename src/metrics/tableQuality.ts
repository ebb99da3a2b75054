import { decodeRows } from "../data/codecs/tableRows.js";
import { quickFigures } from "../judge/quickFigures.js";
import type { Circumstances, Measurement } from "./measurement.js";
import { metric, shared } from "./metric.js";

const PLACES = ["table", "progress", "tiles", "runs", "chart", "studioTable", "studioChart"] as const;

/** What rows and held-out ones have in common; `null` where the data is no table. */
const quality = shared(({ data, samples, reals }: Measurement) => {
  const { codec } = data;
  const [real] = reals.heldOut;
  if (codec.kind !== "tableRows" || !real) return null;
  return quickFigures(decodeRows(codec, real.sample), decodeRows(codec, samples));
});

const applies = ({ data }: Circumstances) => data.codec.kind === "tableRows";

export const tableShape = metric({
  name: "tableShape",
  title: "Shape of columns",
  label: "Shape",
  summary:
    "How alike each column is in fakes and held-out rows by itself: 1 less the largest difference of shares, mean of all.",
  better: "higher",
  places: PLACES,
  applies,
  measure: async (measurement) => (await quality(measurement))?.shape ?? null,
});

export const tableTrend = metric({
  name: "tableTrend",
  title: "Trend of pairs of columns",
  label: "Trend",
  summary: "How alike pairs of columns go together in fakes and held-out rows, mean of all pairs: 1 is best.",
  better: "higher",
  places: PLACES,
  applies,
  measure: async (measurement) => (await quality(measurement))?.trend ?? null,
});

export const tableDetection = metric({
  name: "tableDetection",
  title: "Detection by trees",
  label: "Detection",
  summary:
    "How hard fakes are to tell from held-out rows for a few boosted trees: 1 where they cannot, 0 where they always can.",
  better: "higher",
  places: PLACES,
  applies,
  measure: async (measurement) => (await quality(measurement))?.detection ?? null,
});
