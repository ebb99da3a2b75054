import { metrics as known } from "../../../../src/metrics/catalogue.js";

/** What the page says of a figure of a saved run. */
export interface MetricWords {
  readonly title: string;
  /** For a column. */
  readonly label: string;
  readonly summary: string;
}

const shown = known.entries.filter(({ places }) => places.some((place) => place.startsWith("studio")));

/** Of each figure that saved runs are shown by, what the catalogue says of it. */
export const metrics: Readonly<Record<string, MetricWords>> = Object.fromEntries(
  shown.map(({ name, title, label, summary }) => [name, { title, label, summary }]),
);
