import * as Plot from "@observablehq/plot";
import { parseHTML } from "linkedom";

/** Seconds over the number of points, both logarithmic, one panel a dimension, as SVG text. */
export function drawGrowth(series) {
  const { document } = parseHTML("<html><body></body></html>");
  const figure = Plot.plot({
    document,
    width: 760,
    height: 340,
    marginLeft: 50,
    x: { type: "log", label: "points in each set", ticks: [500, 1000, 2000, 5000], tickFormat: "d" },
    y: { type: "log", label: "seconds", grid: true, tickFormat: "~g" },
    fx: { label: null, tickFormat: (dimension) => `${dimension} dimensions` },
    color: { domain: ["Monge", "POT"], range: ["#1f6fb4", "#d1632a"] },
    marks: [
      Plot.line(series, { x: "count", y: "seconds", fx: "dimension", stroke: "solver", strokeWidth: 2 }),
      Plot.dot(series, { x: "count", y: "seconds", fx: "dimension", fill: "solver", r: 3.5 }),
      Plot.text(
        series.filter(({ count }) => count === Math.max(...series.map((point) => point.count))),
        {
          x: "count",
          y: "seconds",
          fx: "dimension",
          text: "solver",
          fill: "solver",
          dy: -10,
          textAnchor: "end",
        },
      ),
    ],
  });
  figure.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  return figure.outerHTML;
}
