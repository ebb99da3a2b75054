import { pointDatasets } from "../../../src/data/points.js";
import { createRng } from "../../../src/random.js";

const POINTS = 150;

/** A small picture of data as the path of an SVG of 24 by 24: the round ends of lines without length are its points. */
export function thumbnailOf(name: string): string {
  switch (name) {
    case "mnist":
      return DIGITS;
    case "drawn":
      return PENCIL;
    case "file":
      return TABLE;
    default:
      return pointsPath(pointDatasets.get(name).open().batch(createRng(0), POINTS).sample);
  }
}

function pointsPath(points: Float32Array): string {
  const reach = points.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const at = (value: number) => (12 + (10 * value) / reach).toFixed(1);
  let path = "";
  for (let i = 0; i < points.length; i += 2) path += `M${at(points[i]!)} ${at(-points[i + 1]!)}h0`;
  return path;
}

const DIGITS = "M4 8l3-3v14M4 19h6M14 7c2-4 7-1 5 3l-5 9h6";
const PENCIL = "M4 20l1-5L16 4l4 4L9 19zM13 7l4 4";
const TABLE = "M4 5h16v14H4zM4 10h16M4 14.500h16M12 5v14";
