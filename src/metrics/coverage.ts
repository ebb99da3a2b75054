import type { Circumstances, Measurement } from "./measurement.js";
import { metric, shared } from "./metric.js";
import { modeCoverage } from "./modes.js";

/** The protocol of mode coverage (VEEGAN, PacGAN) counts on this many samples. */
export const COVERAGE_SAMPLES = 2500;

const source = "Srivastava et al. 2017, arXiv:1705.07761, section 4.1; Lin et al. 2018, arXiv:1712.04086, section 4.1";

const coverage = shared(({ samples, reals, data: { modes } }: Measurement) =>
  modes ? modeCoverage(samples.subarray(0, COVERAGE_SAMPLES * reals.size), modes) : null,
);

function hasModes({ data }: Circumstances): boolean {
  return data.modes !== undefined;
}

export const modesTotal = metric({
  name: "modesTotal",
  title: "Modes of the data",
  summary: "How many modes the data has.",
  places: [],
  applies: hasModes,
  measure: ({ data }) => data.modes?.centers.length ?? null,
});

/** How many modes of the data have at least one high-quality sample. */
export const modesCaptured = metric({
  name: "modesCaptured",
  title: "Modes captured",
  label: "Modes",
  head: "modes",
  summary: "Modes of the data with at least one high-quality sample among 2,500.",
  source,
  better: "higher",
  places: ["table", "progress", "differences", "runs", "chart", "studioTable", "studioChart"],
  notation: { outOf: modesTotal.name },
  chart: { reference: { at: modesTotal.name, text: "all" } },
  applies: hasModes,
  measure: (measurement) => coverage(measurement)?.captured ?? null,
});

/** The share of samples near a mode. */
export const highQualityShare = metric({
  name: "highQualityShare",
  title: "High-quality samples",
  label: "High quality",
  head: "HQ",
  summary: "Samples within 3 deviations of a mode.",
  source,
  better: "higher",
  places: ["table", "tiles", "differences", "runs", "studioTable", "studioChart"],
  notation: { style: "share" },
  applies: hasModes,
  measure: (measurement) => coverage(measurement)?.highQualityShare ?? null,
});
