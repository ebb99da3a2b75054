import { describe, expect, it } from "vitest";
import { arrowPath, arrowWidth } from "../../../studio/src/diagram/arrows.js";
import { answerRange, histograms } from "../../../studio/src/diagram/histogram.js";
import { COLUMNS_WIDTH, layoutOf, ROW_WIDTH } from "../../../studio/src/diagram/layout.js";
import { STATIONS, WAY_NAMES, WAYS } from "../../../studio/src/diagram/stations.js";
import type { Box } from "../../../studio/src/scene/pens/pen.js";

const WIDTHS = [320, 366, COLUMNS_WIDTH - 1, COLUMNS_WIDTH, 772, ROW_WIDTH - 1, ROW_WIDTH, 1392, 1712];

const touches = (a: Box, b: Box) =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
const onEdge = ({ x, y, width, height }: Box, [px, py]: readonly [number, number]) => {
  const near = (a: number, b: number) => Math.abs(a - b) < 1e-6;
  const across = px >= x && px <= x + width && (near(py, y) || near(py, y + height));
  const down = py >= y && py <= y + height && (near(px, x) || near(px, x + width));
  return across || down;
};

describe.each(WIDTHS)("a diagram of %i pixels", (width) => {
  const { stations, head, ways, height } = layoutOf(width);

  it("has its stations, and what heads them, beside each other, inside of it", () => {
    const boxes = [...STATIONS.map((station) => stations[station]), ...(head ? [head] : [])];
    for (const [i, box] of boxes.entries()) {
      expect(box.x).toBeGreaterThanOrEqual(0);
      expect(box.x + box.width).toBeLessThanOrEqual(width + 1e-6);
      expect(box.y + box.height).toBeLessThanOrEqual(height);
      for (const other of boxes.slice(i + 1)) expect(touches(box, other)).toBe(false);
    }
  });

  it("has each way from the edge of one station straight to that of the next", () => {
    for (const name of WAY_NAMES) {
      const { from, to } = ways[name];
      expect(onEdge(stations[WAYS[name].from], from), name).toBe(true);
      expect(onEdge(stations[WAYS[name].to], to), name).toBe(true);
      expect(Math.min(Math.abs(from[0] - to[0]), Math.abs(from[1] - to[1]))).toBeLessThan(1e-6);
      expect(Math.hypot(from[0] - to[0], from[1] - to[1])).toBeGreaterThan(30);
    }
  });
});

describe("an arrow", () => {
  it("is the wider the larger its gradient is, and never as wide as the room of two", () => {
    expect(arrowWidth(0)).toBeLessThan(arrowWidth(0.1));
    expect(arrowWidth(0.1)).toBeLessThan(arrowWidth(1));
    expect(arrowWidth(1e9)).toBeLessThan(26);
    expect(arrowWidth(Number.NaN)).toBe(arrowWidth(0));
  });

  it("is drawn around its segment", () => {
    expect(arrowPath({ from: [0, 0], to: [40, 0] }, 4)).toBe(
      "M3.0,2.0L28.0,2.0L28.0,6.0L37.0,0.0L28.0,-6.0L28.0,-2.0L3.0,-2.0Z",
    );
  });
});

describe("answers", () => {
  it("are counted in parts of their range, relative to the fullest", () => {
    const [reals, fakes] = histograms([Float32Array.of(1, 1, 0.99, Number.NaN), Float32Array.of(0)], [0, 1]);
    expect(reals!.at(-1)).toBe(1);
    expect(fakes![0]).toBeCloseTo(1 / 3);
    expect(reals!.concat(fakes!).filter((share) => share > 0)).toHaveLength(2);
  });

  it("have the range of a probability, or that of the scores", () => {
    expect(answerRange("probability", [Float32Array.of(0.4)])).toEqual([0, 1]);
    const [low, high] = answerRange("score", [Float32Array.of(-2, 1), Float32Array.of(8, Number.POSITIVE_INFINITY)]);
    expect([low, high]).toEqual([-2.5, 8.5]);
    const [same, above] = answerRange("score", [Float32Array.of(3)]);
    expect(above).toBeGreaterThan(same);
    expect(answerRange("score", [])).toEqual([-1, 1]);
  });
});
