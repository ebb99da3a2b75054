import type { MetricFacts } from "../../../src/metrics/metric.js";
import type { MetricWords } from "./en/metrics.js";
import { text } from "./index.js";

/** What is said of a metric in the language of the page; one without a translation says it itself. */
export function metricWords({ name, title, label, summary }: MetricFacts): MetricWords {
  const { metrics } = text();
  return (Object.hasOwn(metrics, name) ? metrics[name] : undefined) ?? { title, label, summary };
}

/** A unit in the language of the page; one without a translation stays as it is. */
export function unitWord(unit: string): string {
  const { units } = text().runs;
  return Object.hasOwn(units, unit) ? (units[unit] ?? unit) : unit;
}
