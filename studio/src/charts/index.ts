export type { Scale } from "./axis.js";
export type { Curve } from "./curve.js";
export { EvaluationCharts, type EvaluationChartsProps } from "./EvaluationCharts.js";
export { MARKS, type Mark } from "./marks.js";
export { type MetricChart, metricCharts } from "./metricChart.js";
export { TimeChart, type TimeChartProps } from "./TimeChart.js";
export { TimeControls } from "./TimeControls.js";
export { createSharedTime, type Range, type SharedTime, zoomIn, zoomOut } from "./time.js";
