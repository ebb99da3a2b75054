import type { Frame } from "../session/protocol.js";
import type { Box, Line } from "./pens/pen.js";

/** A rectangle of samples laid over a rectangle of pixels. */
export interface Plane {
  readonly frame: Frame;
  readonly box: Box;
}

/** Where a sample lies, in pixels; the second coordinate grows upwards. */
export function placeOf({ frame, box }: Plane, x: number, y: number): [number, number] {
  return [
    box.x + ((x - frame.x[0]) / (frame.x[1] - frame.x[0])) * box.width,
    box.y + ((frame.y[1] - y) / (frame.y[1] - frame.y[0])) * box.height,
  ];
}

/** The samples `[count, 2]` in pixels. */
export function placesOf(plane: Plane, samples: Line): Float32Array {
  const places = new Float32Array(samples.length);
  for (let i = 0; i + 1 < samples.length; i += 2) {
    [places[i], places[i + 1]] = placeOf(plane, samples[i]!, samples[i + 1]!);
  }
  return places;
}

/** The sample that lies at a pixel. */
export function sampleAt({ frame, box }: Plane, x: number, y: number): [number, number] {
  return [
    frame.x[0] + ((x - box.x) / box.width) * (frame.x[1] - frame.x[0]),
    frame.y[1] - ((y - box.y) / box.height) * (frame.y[1] - frame.y[0]),
  ];
}
