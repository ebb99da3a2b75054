export type { Scale } from "./axis.js";
export type { Curve } from "./curve.js";
export { EvaluationCharts, type EvaluationChartsProps } from "./EvaluationCharts.js";
export type { ChartedRun } from "./evaluationCurves.js";
export { MarkSwatch } from "./MarkSwatch.js";
export { type MetricChart, metricCharts } from "./metricChart.js";
export { TimeChart, type TimeChartProps } from "./TimeChart.js";
export { TimeControls } from "./TimeControls.js";
export { createSharedTime, type Range, readAt, type SharedTime, zoomIn, zoomOut } from "./time.js";
